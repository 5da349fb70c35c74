//! Foreign files of every kind, small ones made here and real ones, through survey and copy.

mod corpus;
mod features;
mod files;
mod hostile;
mod mutated;
