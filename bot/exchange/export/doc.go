// Package export writes what became of exchanges for other programs: CSV for
// spreadsheets, JSON from which every figure can be computed again, a research
// object crate for each exchange, and BibTeX for a person's list.
//
// The rule: the same book is the same bytes. No clock is read, nothing is in an
// order of chance, and nobody's name, answer or silence is in CSV and JSON: people
// are numbered anew in each export, and what they answered is in tallies, counts
// that are there where the figure computed from them may be shown.
package export
