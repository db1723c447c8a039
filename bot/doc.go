// Package bot is what people can do: the documents that are kept, the use
// cases that change them, the rights, the command tree, and the work that
// falls due.
//
// The rule: everything kept is a document, and every change is one commit. A
// document derives from its own content where queries find it and what must
// happen when; a use case loads documents, changes them and says what must be
// told to whom; the commit takes all of it or nothing. There is no moment when
// a meeting has moved and its reminder has not.
package bot
