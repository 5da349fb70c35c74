//! Before words go to the other parent: is there an order, a bail condition, an adviser that says no (SAFE-08)?

use crate::model::{Content, Date, Instant, Noun, Order, OrderKind, RecordId, When, Zone};
use crate::store::Book;

use super::{ActionError, People, case};

/// An order or condition that bears on writing to the other parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caution {
    /// Its record.
    pub order: RecordId,
    /// It binds the keeper of this book. `None`: it is not written down whom it binds.
    pub binds_me: Option<bool>,
    /// What to know, in one or two sentences.
    pub words: String,
}

/// What the book holds that may say no to writing to the other parent, the keeper's own bonds first.
///
/// # Errors
/// Reading failed.
pub fn cautions_before_writing(book: &Book, now: Instant) -> Result<Vec<Caution>, ActionError> {
    let people = People::load(book)?;
    let me = case::current_case(book)?.and_then(|(_, case)| case.me);
    let today = now.in_zone(Zone::LONDON).date;
    let mut found: Vec<Caution> = book
        .all(Noun::Order)?
        .into_iter()
        .filter_map(|record| match record.content {
            Content::Order(order) if may_forbid(&order) && in_force(&order, today) => {
                Some(caution(record.id, &order, me, &people))
            }
            _ => None,
        })
        .collect();
    found.sort_by_key(|caution| (caution.binds_me != Some(true), caution.order));
    Ok(found)
}

/// The kinds of order that are about keeping away from somebody.
fn may_forbid(order: &Order) -> bool {
    matches!(
        order.kind,
        Some(OrderKind::NonMolestation | OrderKind::Occupation | OrderKind::BailConditions | OrderKind::Undertaking)
    )
}

/// One whose end is not known is taken to be in force: the careful reading.
fn in_force(order: &Order, today: Date) -> bool {
    let from = order.in_force_from.as_ref().or(order.made.as_ref()).map(When::london_date);
    let until = order.in_force_until.as_ref().map(When::london_date);
    from.is_none_or(|from| from <= today) && until.is_none_or(|until| until >= today)
}

fn caution(id: RecordId, order: &Order, me: Option<RecordId>, people: &People) -> Caution {
    let kind = order.kind.map_or("order", OrderKind::plain);
    let made = order.made.as_ref().map(|made| format!(" of {}", made.london_date().plain())).unwrap_or_default();
    let named = format!("{id} ({kind}{made})");
    let binds_me = if order.against.is_empty() { None } else { Some(me.is_some_and(|me| order.against.contains(&me))) };
    let words = match binds_me {
        Some(true) => format!(
            "{named} binds you. Read its words before anything is written or sent to the other parent or through others, and ask \
             a solicitor where they leave a doubt."
        ),
        Some(false) => {
            let whom: Vec<String> = order.against.iter().map(|id| people.name(*id)).collect();
            format!(
                "{named} binds {}. Nobody has to write to somebody an order keeps away; ask your solicitor or a domestic abuse \
                 service first.",
                whom.join(" and ")
            )
        }
        None => format!(
            "{named} is in force, and it is not written down whom it binds (daybook amend {id} --set against=NAME). Read its words \
             before anything is written or sent."
        ),
    };
    Caution { order: id, binds_me, words }
}
