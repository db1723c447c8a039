// Package exchange is the lifecycle of an exchange between two labs and of the
// goals that it was agreed for.
//
// The rule: it is pure. Every change is a method that takes who acts, which day
// or moment it is, and either changes the exchange as a whole or refuses with a
// sentence and changes nothing. It keeps nothing, sends nothing and reads no
// clock. What may follow on what stands in one table (moves.go); nothing changes
// a state but a move of that table.
//
// What never bends: terms bind once everybody who must has signed the same ones;
// changed terms have no signatures but their author's; a goal is verified by the
// lab that receives, never by whoever claimed it, and never by silence. Anybody
// may leave at once, and from every state silence alone leads to an end.
//
// Who sits where: the visitor and the host, and for each lab its lead, where it
// has named one. A lab without a lead is signed for by its visitor or host, and a
// lead who visits or hosts signs once for both. So at least two people sign.
// A short exchange needs no lead's signature; its leads may object for three
// working days.
//
// What became of it: evidence for goals is declared by anybody in the exchange
// and confirmed by the lab that receives. It is checked for what can be known
// without the network, and no link is ever opened: that something was declared
// says nothing about whether it is so. Open is the default; whatever is not open
// has a reason and a place in the figures like everything else.
//
// Figures (M1 to M26, in Ledger.Measures) carry what they were computed from, so
// that anybody can compute them again. A figure of nothing is a dash, never 0 %,
// and a share that rests on the answers of fewer than five people is not shown.
//
// The full model of the lifecycle (testdata/states.csv) has moves that this one
// goes without:
//
//   - T02, T03: a plan that was not sent is nobody's exchange yet. It is a form
//     half filled in, which its author throws away or which is forgotten.
//   - T14, T15, T16, T43: dates are part of the terms, so signing sets them, and
//     what was agreed is scheduled in the same breath. T18, T19 and T44 do later
//     what these would have done in between.
//   - T38: nobody is asked why they cancelled, so nothing follows on it.
//   - T42: talks and colloquia are no exchanges. Every kind of exchange is begun
//     by a person who says so, once: one that began by itself would count in the
//     figures though nobody ever travelled.
//
// It has one move more: a proposal that nobody has answered may be corrected (P01).
package exchange
