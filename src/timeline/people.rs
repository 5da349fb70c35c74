//! Who is who in a record.

use crate::model::{Address, Case, Content, IdentityKind, Person, Record, RecordId, Role, Side};

/// The people of a book and their places in the case.
#[derive(Debug, Clone, Default)]
pub struct People<'a> {
    all: Vec<(RecordId, &'a Person)>,
    case: Option<&'a Case>,
}

impl<'a> People<'a> {
    /// Takes them from the current versions of all records.
    #[must_use]
    pub fn of(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut people = People::default();
        for record in records {
            match &record.content {
                Content::Person(person) => people.all.push((record.id, person)),
                Content::Case(case) => people.case = people.case.or(Some(case)),
                _ => {}
            }
        }
        people.all.sort_by_key(|(id, _)| *id);
        people
    }

    /// All of them, by name of record.
    #[must_use]
    pub fn all(&self) -> &[(RecordId, &'a Person)] {
        &self.all
    }

    /// The case.
    #[must_use]
    pub fn case(&self) -> Option<&'a Case> {
        self.case
    }

    /// The person of this record.
    #[must_use]
    pub fn get(&self, id: RecordId) -> Option<&'a Person> {
        self.all.iter().find(|(other, _)| *other == id).map(|(_, person)| *person)
    }

    /// The parent who keeps the book.
    #[must_use]
    pub fn me(&self) -> Option<&'a Person> {
        self.case.and_then(|case| case.me).and_then(|id| self.get(id)).or_else(|| self.with_role(Role::Me))
    }

    /// The other party.
    #[must_use]
    pub fn other(&self) -> Option<&'a Person> {
        self.case.and_then(|case| case.other).and_then(|id| self.get(id)).or_else(|| self.with_role(Role::OtherParent))
    }

    /// The name of the keeper, or "the keeper of this record".
    #[must_use]
    pub fn my_name(&self) -> &'a str {
        self.me().map_or("the keeper of this record", |person| person.name.as_str())
    }

    /// The name of the other party, or "the other parent".
    #[must_use]
    pub fn other_name(&self) -> &'a str {
        self.other().map_or("the other parent", |person| person.name.as_str())
    }

    /// The children of the case, in its order; all children of the book where it names none.
    #[must_use]
    pub fn children(&self) -> Vec<&'a Person> {
        let named: Vec<_> = self.case.iter().flat_map(|case| &case.children).filter_map(|id| self.get(*id)).collect();
        if named.is_empty() {
            self.all.iter().map(|(_, person)| *person).filter(|person| person.role == Role::Child).collect()
        } else {
            named
        }
    }

    /// My place in the proceedings: `applicant`; `None` before there are any.
    #[must_use]
    pub fn my_side(&self) -> Option<&'static str> {
        self.case.and_then(|case| case.applicant).map(|side| match side {
            Side::Me => "applicant",
            Side::Other => "respondent",
        })
    }

    /// Whose address this is: by address, number or handle; else by a name that is exactly a person's
    /// or a spelling the user gave them.
    #[must_use]
    pub fn of_address(&self, address: &Address) -> Option<(RecordId, &'a Person)> {
        let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
        let by_address = address.address.as_deref().and_then(|written| {
            self.all.iter().find(|(_, person)| {
                person
                    .identities
                    .iter()
                    .any(|identity| identity.kind != IdentityKind::Name && same(&identity.value, written))
            })
        });
        let by_name = || {
            let written = address.name.as_deref()?;
            self.all.iter().find(|(_, person)| {
                same(&person.name, written)
                    || person
                        .identities
                        .iter()
                        .any(|identity| identity.kind == IdentityKind::Name && same(&identity.value, written))
            })
        };
        by_address.or_else(by_name).copied()
    }

    /// The name a paper prints for an address: the person's, else the display name where it is not an
    /// address itself; never an address or a number.
    #[must_use]
    pub fn printed(&self, address: &Address) -> String {
        if let Some((_, person)) = self.of_address(address) {
            return person.name.clone();
        }
        match address.name.as_deref().map(str::trim) {
            Some(name) if !name.is_empty() && !looks_like_an_address(name) => name.to_owned(),
            _ => "a person not named in this record".to_owned(),
        }
    }

    /// Whether this is the keeper's own address.
    #[must_use]
    pub fn is_me(&self, address: &Address) -> bool {
        match (self.of_address(address), self.me()) {
            (Some((_, person)), Some(me)) => std::ptr::eq(person, me),
            _ => false,
        }
    }

    fn with_role(&self, role: Role) -> Option<&'a Person> {
        self.all.iter().map(|(_, person)| *person).find(|person| person.role == role)
    }
}

/// Whether a display name is an e-mail address or a number, which no paper prints.
#[must_use]
pub fn looks_like_an_address(name: &str) -> bool {
    name.contains('@') || name.chars().filter(char::is_ascii_digit).count() >= 5
}
