// Package export writes what became of exchanges for other programs: CSV for
// spreadsheets, JSON from which every figure can be computed again, a research
// object crate for each exchange, and BibTeX for a person's list.
//
// The rule: the same book is the same bytes. No clock is read, nothing is in an
// order of chance, and nobody's name, answer or silence is in CSV and JSON: people
// are numbered anew in each export, and what they answered is in tallies, counts
// that are there where the figure computed from them may be shown.
//
// All figures, M1 to M26, are computed again from the JSON by the program in
// testdata/recompute, which imports nothing of ours. Some are computed from less
// than what happened, and these some readers cannot check:
//
//   - M15 and M16, the new projects in M21, and in M22 who came from other labs or
//     for the first time, are computed from tallies, not from rows: a row for each
//     question or attendee would tell what one person said, or where they went.
//   - The same figures cannot be computed at all, and are themselves withheld
//     (too_few is true, and there is no number), where fewer than five people are
//     behind them, or another file would leave fewer: in exports of a lab or a
//     person, of part of a year, by stage of a year, and of the year that covers a
//     smaller one.
//   - Whether a work is open, of which M9 and M11 to M13 are computed, is in its row
//     as it was judged on the last day of the period: who judges again needs the
//     list of open licences, and the place of works that are not for everybody.
package export
