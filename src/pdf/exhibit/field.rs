//! Form fields: what a filled one shows where the file leaves drawing it to the viewer.
//!
//! A bundle is not to be filled in, so a field comes along as its look. Most have one; where only the
//! value is there, a plain look is made from it: the words in Helvetica, in the field's size and colour.

use hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

use super::super::observe::decode_text;
use super::tokens::{Token, Tokens};
use super::value::{Made, Value, number};

/// Fields inside one another.
const MAX_LEVELS: usize = 32;
/// Characters drawn for one field.
const MAX_TEXT: usize = 20_000;

/// The form of a file.
pub(super) struct Form<'a> {
    dict: Dict<'a>,
}

/// What a field shows.
pub(super) enum Look {
    /// Nothing was made, as nothing has to be.
    None,
    /// Its value, drawn.
    Made(Box<Made>),
    /// It has a value, and no look could be made of it.
    Impossible,
}

impl<'a> Form<'a> {
    /// The form of a file, if it has one.
    pub(super) fn of(catalog: &Dict<'a>) -> Option<Self> {
        Some(Form { dict: catalog.get::<Dict<'a>>(b"AcroForm")? })
    }

    /// The file leaves it to the viewer to draw its values.
    pub(super) fn needs_looks(&self) -> bool {
        self.dict.get::<bool>(b"NeedAppearances").unwrap_or(false)
    }

    /// It has a second form inside, of the kind that few programs show.
    pub(super) fn has_xfa(&self) -> bool {
        self.dict.contains_key(b"XFA")
    }
}

/// The value of a key on the field or above it.
pub(super) fn inherited<'a>(field: &Dict<'a>, key: &[u8]) -> Option<Object<'a>> {
    let mut node = field.clone();
    for _ in 0..MAX_LEVELS {
        if let Some(value) = node.get::<Object<'a>>(key) {
            return Some(value);
        }
        node = node.get::<Dict<'a>>(b"Parent")?;
    }
    None
}

fn kind(field: &Dict<'_>) -> Vec<u8> {
    inherited(field, b"FT").and_then(Object::into_name).map(|kind| kind.to_vec()).unwrap_or_default()
}

/// It is a signature, and signed.
pub(super) fn is_signed(field: &Dict<'_>) -> bool {
    kind(field) == b"Sig" && inherited(field, b"V").is_some()
}

/// It is filled in.
pub(super) fn has_value(field: &Dict<'_>) -> bool {
    match inherited(field, b"V") {
        Some(Object::String(text)) => !text.is_empty(),
        Some(Object::Name(state)) => &state[..] != b"Off",
        Some(Object::Array(values)) => values.raw_iter().next().is_some(),
        Some(Object::Stream(_)) => true,
        _ => false,
    }
}

/// The look of a field from its value.
pub(super) fn look(field: &Dict<'_>, area: [f64; 4], form: &Form<'_>) -> Look {
    const PUSH_BUTTON: i64 = 1 << 16;
    const PASSWORD: i64 = 1 << 13;
    const MULTILINE: i64 = 1 << 12;
    let flags = inherited(field, b"Ff").and_then(Object::into_number).map_or(0, |flags| flags.as_i64());
    let kind = kind(field);
    if !matches!(&kind[..], b"Tx" | b"Ch") {
        // A button that is on and has no look would need one of a hundred shapes of ticks.
        let on = kind == b"Btn" && flags & PUSH_BUTTON == 0 && has_value(field) && is_on(field);
        return if on { Look::Impossible } else { Look::None };
    }
    let text = match inherited(field, b"V") {
        Some(Object::String(text)) => decode_text(&text),
        Some(Object::Array(values)) => {
            values.iter::<PdfString<'_>>().map(|text| decode_text(&text)).collect::<Vec<_>>().join(", ")
        }
        Some(Object::Stream(_)) => return Look::Impossible,
        _ => return Look::None,
    };
    if text.trim().is_empty() {
        return Look::None;
    }
    let [width, height] = [area[2] - area[0], area[3] - area[1]];
    let Some(lines) = encode(&text).filter(|_| flags & PASSWORD == 0 && width > 1.0 && height > 1.0) else {
        return Look::Impossible;
    };
    let style = Style::of(field, form);
    let many = flags & MULTILINE != 0;
    Look::Made(Box::new(draw(&lines, [width, height], &style, many, background(field))))
}

/// The state of this one of several buttons that share a value.
fn is_on(field: &Dict<'_>) -> bool {
    field.get::<Name<'_>>(b"AS").is_none_or(|state| &state[..] != b"Off")
}

/// Size, colour and side of the words.
struct Style {
    size: f64,
    colour: String,
    side: i32,
}

impl Style {
    fn of(field: &Dict<'_>, form: &Form<'_>) -> Self {
        let own = inherited(field, b"DA").and_then(Object::into_string);
        let words = own.or_else(|| form.dict.get::<PdfString<'_>>(b"DA"));
        let words = words.map(|words| words.to_vec()).unwrap_or_default();
        let mut style = Style { size: 0.0, colour: "0 g".to_owned(), side: 0 };
        let mut numbers: Vec<f64> = Vec::new();
        for token in Tokens::new(&words).take(100) {
            match token {
                Token::Number(value) => numbers.push(value),
                Token::Word(b"Tf", _) => {
                    style.size = numbers.last().copied().unwrap_or(0.0).abs().min(200.0);
                    numbers.clear();
                }
                Token::Word(word @ (b"g" | b"rg" | b"k"), _) => {
                    let figures: String = numbers.iter().map(|value| number(*value) + " ").collect();
                    style.colour = figures + &String::from_utf8_lossy(word);
                    numbers.clear();
                }
                Token::Name(_) => numbers.clear(),
                _ => {}
            }
        }
        let side = inherited(field, b"Q").and_then(Object::into_i32);
        style.side = side.or_else(|| form.dict.get::<i32>(b"Q")).unwrap_or(0);
        style
    }
}

/// The colour behind the words, if the field has one.
fn background(field: &Dict<'_>) -> Option<String> {
    let colour = field.get::<Dict<'_>>(b"MK")?.get::<Array<'_>>(b"BG")?;
    let figures: Vec<f64> =
        colour.iter::<Object<'_>>().filter_map(Object::into_number).map(|value| value.as_f64()).take(5).collect();
    let operator = match figures.len() {
        1 => "g",
        3 => "rg",
        4 => "k",
        _ => return None,
    };
    Some(figures.iter().map(|value| number(*value) + " ").collect::<String>() + operator)
}

fn draw(lines: &[Vec<u8>], [width, height]: [f64; 2], style: &Style, many: bool, background: Option<String>) -> Made {
    let size = if style.size > 0.1 {
        style.size
    } else if many {
        12.0
    } else {
        // As large as the field allows, as viewers do, and not larger than the words allow.
        let widest = lines.iter().map(|line| width_of(line)).fold(0.01, f64::max);
        ((height - 2.0) * 0.75).min((width - 4.0) / widest).clamp(4.0, 12.0)
    };
    let first = if many { height - 2.0 - size * 0.93 } else { (height - size * 0.72) / 2.0 };
    let mut drawing = Vec::new();
    if let Some(colour) = background {
        drawing.extend(format!("q {colour} 0 0 {} {} re f Q\n", number(width), number(height)).bytes());
    }
    let (width_inside, height_inside) = (number((width - 2.0).max(0.0)), number((height - 2.0).max(0.0)));
    drawing.extend(
        format!("q 1 1 {width_inside} {height_inside} re W n BT {} /Helv {} Tf\n", style.colour, number(size)).bytes(),
    );
    for (index, line) in lines.iter().enumerate() {
        let free = width - width_of(line) * size;
        let left = match style.side {
            1 => free / 2.0,
            2 => free - 2.0,
            _ => 2.0,
        };
        let down = first - index as f64 * size * 1.15;
        drawing.extend(format!("1 0 0 1 {} {} Tm ", number(left), number(down)).bytes());
        drawing.extend(super::super::writer::byte_string(line));
        drawing.extend(b" Tj\n");
    }
    drawing.extend(b"ET Q\n");
    let name = |text: &[u8]| Value::Name(text.to_vec());
    let font = Value::Dict(vec![
        (b"BaseFont".to_vec(), name(b"Helvetica")),
        (b"Encoding".to_vec(), name(b"WinAnsiEncoding")),
        (b"Subtype".to_vec(), name(b"Type1")),
        (b"Type".to_vec(), name(b"Font")),
    ]);
    let fonts = Value::Dict(vec![(b"Helv".to_vec(), font)]);
    let area = [0.0, 0.0, width, height].map(Value::Number).to_vec();
    let entries = vec![
        (b"BBox".to_vec(), Value::Array(area)),
        (b"Resources".to_vec(), Value::Dict(vec![(b"Font".to_vec(), fonts)])),
        (b"Subtype".to_vec(), name(b"Form")),
        (b"Type".to_vec(), name(b"XObject")),
    ];
    Made { entries, data: drawing }
}

/// The lines in the letters of Windows-1252; `None` where one is not among them or there are too many.
fn encode(text: &str) -> Option<Vec<Vec<u8>>> {
    if text.chars().count() > MAX_TEXT {
        return None;
    }
    let lines = text.split(['\n', '\r']).map(|line| {
        let letters = line.chars().map(|c| if c == '\t' { ' ' } else { c });
        letters.map(latin_byte).collect::<Option<Vec<u8>>>()
    });
    lines.collect()
}

fn latin_byte(letter: char) -> Option<u8> {
    if letter.is_ascii() && !letter.is_ascii_control() {
        return Some(letter as u8);
    }
    (0x80..=0xFF).find(|byte| decode_text(&[*byte]).starts_with(letter)).filter(|_| !letter.is_control())
}

/// The width of a line of Helvetica in ems, closely enough to centre it.
fn width_of(line: &[u8]) -> f64 {
    let em = |byte: &u8| match byte {
        b'i' | b'j' | b'l' | b'I' | b' ' | b'.' | b',' | b':' | b';' | b'!' | b'\'' | b'|' | b'f' | b't' | b'/' => {
            0.278
        }
        b'm' | b'M' | b'W' | b'@' => 0.86,
        b'r' | b'-' | b'(' | b')' => 0.333,
        b'A'..=b'Z' | b'w' => 0.7,
        _ => 0.556,
    };
    line.iter().map(em).sum()
}
