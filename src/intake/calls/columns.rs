//! Which column of a table of calls is which, by the many names programs and telephone companies give them.

/// The columns of one table, by their place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Columns {
    /// The other telephone, whichever way the call went.
    pub(super) number: Option<usize>,
    /// Who called.
    pub(super) caller: Option<usize>,
    /// Who was called.
    pub(super) called: Option<usize>,
    pub(super) name: Option<usize>,
    /// Which way it went and what became of it: one column or several.
    pub(super) kinds: Vec<usize>,
    /// The date, with or without the time: some programs write it twice.
    pub(super) dates: Vec<usize>,
    /// The time of day, where it stands apart from the date.
    pub(super) time: Option<usize>,
    pub(super) length: Option<usize>,
    /// How many seconds one of the length's units has, where the heading says so.
    pub(super) unit: Option<u64>,
    /// The heading says that the number was dialled: a list of calls made.
    pub(super) only_made: bool,
}

const NUMBER: &[&str] = &[
    "number",
    "phonenumber",
    "phone",
    "phoneno",
    "phonenum",
    "telephone",
    "telephonenumber",
    "telno",
    "tel",
    "mobile",
    "mobilenumber",
    "mobileno",
    "msisdn",
    "contactnumber",
    "callnumber",
    "othernumber",
    "otherparty",
    "party",
    "tofrom",
    "fromto",
    "partynumber",
    "formattednumber",
    "cachedformattednumber",
    "address",
];
const CALLER: &[&str] = &[
    "from",
    "caller",
    "callernumber",
    "callerno",
    "callerid",
    "callingnumber",
    "callingparty",
    "fromnumber",
    "source",
    "origin",
    "originatingnumber",
    "anumber",
    "callfrom",
];
const CALLED: &[&str] = &[
    "to",
    "called",
    "callednumber",
    "calledno",
    "calledparty",
    "tonumber",
    "destinationnumber",
    "bnumber",
    "callto",
    "recipient",
    "callee",
];
const DIALLED: &[&str] = &[
    "numbercalled",
    "numberdialled",
    "numberdialed",
    "diallednumber",
    "dialednumber",
    "dialled",
    "dialed",
    "diallednumbers",
    "numberyoucalled",
    "calledtelephonenumber",
];
const NAME: &[&str] =
    &["name", "contact", "contactname", "cachedname", "callername", "displayname", "person", "contacts", "fullname"];
const KIND: &[&str] = &[
    "type",
    "calltype",
    "direction",
    "calldirection",
    "status",
    "callstatus",
    "typeofcall",
    "callkind",
    "kind",
    "callresult",
    "result",
    "inout",
    "incomingoutgoing",
    "usagetype",
    "eventtype",
    "chargetype",
    "service",
    "disposition",
    "category",
    "calltypename",
];
const DATE: &[&str] = &[
    "date",
    "datetime",
    "calldate",
    "dateandtime",
    "dateofcall",
    "calldatetime",
    "timestamp",
    "datems",
    "epoch",
    "unixtime",
    "start",
    "starttime",
    "started",
    "startdate",
    "startdatetime",
    "callstart",
    "calldateandtime",
    "when",
    "calledon",
    "readabledate",
    "datetimeutc",
    "callstarttime",
    "eventdate",
    "datetimelocal",
    "connectdatetime",
];
const TIME: &[&str] = &["time", "calltime", "timeofcall", "timeofday", "hour", "eventtime", "connecttime"];
const LENGTH: &[&str] = &[
    "duration",
    "callduration",
    "length",
    "lengthofcall",
    "calllength",
    "talktime",
    "billedduration",
    "durationofcall",
    "usage",
    "volume",
    "minutes",
    "seconds",
    "durationhhmmss",
    "durationmmss",
    "durationhms",
    "lengthhhmmss",
    "timespent",
];

/// One heading at least has one of these words in it.
const SPEAK: [&str; 5] = ["call", "dial", "phone", "duration", "msisdn"];

/// Whether a line may be the headings of a table of calls: a quick look, without making words of it.
pub(super) fn may_speak_of_calls(line: &[u8]) -> bool {
    let line = &line[..line.len().min(2_000)];
    let between = line.iter().filter(|byte| matches!(byte, b',' | b';' | b'\t' | b'|')).count();
    let has = |word: &&str| line.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()));
    between > 0 && SPEAK.iter().any(has)
}

/// What the headings say. `None`: this is no table of calls.
pub(super) fn of(headings: &[String]) -> Option<Columns> {
    let mut columns = Columns::default();
    let mut speaks_of_calls = false;
    for (at, heading) in headings.iter().enumerate() {
        let (bare, unit) = bare(heading);
        let is = |names: &[&str]| names.contains(&bare.as_str());
        speaks_of_calls |= SPEAK.iter().any(|word| bare.contains(word));
        if is(DIALLED) {
            columns.only_made = true;
            first(&mut columns.number, at);
        } else if is(NUMBER) {
            first(&mut columns.number, at);
        } else if is(CALLER) {
            first(&mut columns.caller, at);
        } else if is(CALLED) {
            first(&mut columns.called, at);
        } else if is(NAME) {
            first(&mut columns.name, at);
        } else if is(KIND) {
            columns.kinds.push(at);
        } else if is(DATE) {
            columns.dates.push(at);
        } else if is(TIME) {
            first(&mut columns.time, at);
        } else if is(LENGTH) && columns.length.is_none() {
            columns.length = Some(at);
            columns.unit = unit;
        }
    }
    // `Time` alone may hold the whole moment.
    if columns.dates.is_empty() {
        columns.dates.extend(columns.time.take());
    }
    let of_somebody = columns.number.or(columns.caller).or(columns.called).is_some()
        || (columns.name.is_some() && !columns.kinds.is_empty() && columns.length.is_some());
    let of_a_call = columns.length.is_some() || !columns.kinds.is_empty();
    (of_somebody && of_a_call && speaks_of_calls && !columns.dates.is_empty()).then_some(columns)
}

fn first(column: &mut Option<usize>, at: usize) {
    column.get_or_insert(at);
}

/// A heading in lower case without spaces, signs and its unit; and the seconds of that unit.
fn bare(heading: &str) -> (String, Option<u64>) {
    let lower = heading.to_lowercase();
    let letters = |text: &str| text.chars().filter(|letter| letter.is_alphanumeric()).collect::<String>();
    let whole = letters(&lower);
    let units: [(&[&str], u64); 2] = [(&["seconds", "secs", "sec", "s"], 1), (&["minutes", "mins", "min", "m"], 60)];
    let in_brackets = lower.split_once(['(', '[']).map(|(name, unit)| (letters(name), letters(unit)));
    for (words, seconds) in units {
        for word in words {
            if whole == *word && whole.len() > 3 {
                return (whole, Some(seconds));
            }
            if let Some((name, unit)) = &in_brackets
                && (unit == word || unit.strip_prefix("in") == Some(word))
            {
                return (name.clone(), Some(seconds));
            }
            let stem = if word.len() > 2 { whole.strip_suffix(word) } else { None };
            if let Some(stem) = stem.map(|stem| stem.strip_suffix("in").unwrap_or(stem))
                && LENGTH.contains(&stem)
            {
                return (stem.to_owned(), Some(seconds));
            }
        }
    }
    // `Date (UTC)`, `Duration (hh:mm:ss)`, `Number (called)`: the name before the brackets, unless the whole is known.
    let known = [NUMBER, CALLER, CALLED, DIALLED, NAME, KIND, DATE, TIME, LENGTH];
    match in_brackets {
        Some((name, _)) if !known.iter().any(|names| names.contains(&whole.as_str())) => (name, None),
        _ => (whole, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(line: &str) -> Option<Columns> {
        of(&line.split(',').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn tables_of_calls_are_known_by_their_headings() {
        let exporter = columns("Name,Phone Number,Call Type,Date,Time,Duration (sec)").unwrap();
        assert_eq!(
            (exporter.name, exporter.number, exporter.kinds, exporter.unit),
            (Some(0), Some(1), vec![2], Some(1))
        );
        let bill = columns("Date,Time,Number called,Duration (mins),Cost").unwrap();
        assert_eq!((bill.only_made, bill.number, bill.time, bill.unit), (true, Some(2), Some(1), Some(60)));
        let both = columns("Call Date,From,To,Direction,Duration in seconds").unwrap();
        assert_eq!((both.caller, both.called, both.unit), (Some(1), Some(2), Some(1)));
        let raw = columns("_id,number,date,duration,type,name,geocoded_location").unwrap();
        assert_eq!((raw.number, raw.dates, raw.length, raw.kinds), (Some(1), vec![2], Some(3), vec![4]));
        for spelling in
            ["CALL TYPE,NUMBER,DATE/TIME,DURATION", "Dialled,Date & time,Length of call", "Time,Phone,Duration(s)"]
        {
            assert!(columns(spelling).is_some(), "{spelling}");
        }
    }

    #[test]
    fn other_tables_are_declined() {
        for line in [
            "Date,Description,Amount,Balance",
            "Name,Phone,Email,Birthday",
            "Date,Time,Name,Notes",
            "From,To,Subject,Date",
            "Number,Date,Status,Total",
            "",
            "Duration",
        ] {
            assert_eq!(columns(line), None, "{line}");
        }
    }
}
