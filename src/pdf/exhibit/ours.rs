//! What the assembler puts on a copied page, told from what the page had: so that the page without it can
//! be compared with the page it came from.

use super::Unshown;
use super::fingerprint::Streams;
use super::source::Budget;
use super::tokens::{Bracket, Token, Tokens};

/// The page's own streams; `None` where the first or the last ones are not what the assembler writes.
pub(super) fn without<'a>(
    mut streams: Streams<'a>,
    area: [f64; 4],
    budget: &mut Budget,
) -> Result<Option<Streams<'a>>, Unshown> {
    if streams.len() < 2 || !opens(&budget.unfold(&streams[0])?.data, area) {
        return Ok(None);
    }
    streams.remove(0);
    while let Some(last) = streams.pop() {
        let content = budget.unfold(&last)?.data;
        if !draws_only_ours(&content) {
            return Ok(None);
        }
        if matches!(Tokens::new(&content).next(), Some(Token::Word(b"Q", _))) {
            return Ok(Some(streams));
        }
    }
    Ok(None)
}

/// `q`, and a clip to this area at most.
fn opens(content: &[u8], [x0, y0, x1, y1]: [f64; 4]) -> bool {
    let mut tokens = Tokens::new(content);
    if !matches!(tokens.next(), Some(Token::Word(b"q", _))) {
        return false;
    }
    let rest: Vec<Token<'_>> = tokens.take(8).collect();
    let near = |token: &Token<'_>, wanted: f64| matches!(token, Token::Number(is) if (is - wanted).abs() < 0.001);
    match &rest[..] {
        [] => true,
        [x, y, w, h, Token::Word(b"re", _), Token::Word(b"W", _), Token::Word(b"n", _)] => {
            near(x, x0) && near(y, y0) && near(w, x1 - x0) && near(h, y1 - y0)
        }
        _ => false,
    }
}

/// Nothing but states, text, and fonts and pictures of ours.
fn draws_only_ours(content: &[u8]) -> bool {
    const HARMLESS: [&[u8]; 26] = [
        b"q", b"Q", b"cm", b"BT", b"ET", b"Td", b"TD", b"Tm", b"T*", b"Tj", b"TJ", b"Tc", b"Tw", b"Tz", b"TL", b"Ts",
        b"Tr", b"g", b"rg", b"k", b"EMC", b"G", b"RG", b"K", b"BMC", b"w",
    ];
    let mut name: Option<&[u8]> = None;
    let mut before = Token::Picture;
    for token in Tokens::new(content) {
        match token {
            // `/Artifact << … >> BDC`, and no layer by its name.
            Token::Word(b"BDC", _) if before == Token::Close(Bracket::Dict) => {}
            Token::Name(found) => name = Some(found),
            Token::Word(b"Do" | b"Tf" | b"gs", _) if name.take().is_some_and(|name| name.starts_with(b"Daybook")) => {}
            Token::Word(word, _) if HARMLESS.contains(&word) => {}
            Token::Word(..) | Token::Picture => return false,
            _ => {}
        }
        before = token;
    }
    true
}
