//! Orders and agreements of the book, with what is needed to compute what was due by them.

use crate::contact::{Arrangement, Calendar, Child, Due, due};
use crate::model::{Case, Content, Date, Noun, Order, RecordId, Role};
use crate::rules::Rules;
use crate::store::Book;

use super::{ActionError, case};

/// Everything that sessions are computed from.
#[derive(Debug, Clone)]
pub struct Arrangements {
    /// Orders, agreements and usual patterns: name, version, words.
    pub orders: Vec<(RecordId, u32, Order)>,
    /// The case: its school terms, and when the parents lived together.
    pub case: Case,
    /// The children.
    pub children: Vec<Child>,
    /// Bank holidays, and the rules that findings cite.
    pub rules: Rules,
}

impl Arrangements {
    /// What the book has.
    ///
    /// # Errors
    /// Reading failed.
    pub fn load(book: &Book) -> Result<Self, ActionError> {
        let mut orders = Vec::new();
        for record in book.all(Noun::Order)? {
            if let Content::Order(order) = record.content {
                orders.push((record.id, record.version, *order));
            }
        }
        let case = case::current_case(book)?.map(|(_, case)| case).unwrap_or_default();
        let mut children = Vec::new();
        for record in book.all(Noun::Person)? {
            let Content::Person(person) = record.content else { continue };
            let of_the_case =
                case.children.contains(&record.id) || (case.children.is_empty() && person.role == Role::Child);
            if of_the_case && person.merged.is_none() {
                children.push(Child { name: person.name, born: person.born });
            }
        }
        Ok(Arrangements { orders, case, children, rules: Rules::england_and_wales() })
    }

    /// What was due from a day until another, both included.
    #[must_use]
    pub fn due(&self, from: Date, until: Date) -> Due {
        self.reckoned(|orders, calendar| due(orders, calendar, from, until))
    }

    /// Hands both sides of the reckoning on.
    pub fn reckoned<T>(&self, with: impl FnOnce(&[Arrangement<'_>], &Calendar<'_>) -> T) -> T {
        let orders: Vec<Arrangement<'_>> =
            self.orders.iter().map(|(id, version, order)| Arrangement { id: *id, version: *version, order }).collect();
        let calendar = Calendar {
            rules: &self.rules,
            terms: &self.case.terms,
            children: self.children.clone(),
            together: self.case.together.clone(),
        };
        with(&orders, &calendar)
    }
}
