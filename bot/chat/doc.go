// Package chat is the vocabulary of conversation: who spoke, what they chose,
// and what we answer. It knows nothing of labs, and nothing of any one platform.
//
// The rule: what a person typed is data. It travels as plain strings inside
// spans, fields and options and never becomes markup, a mention or a format
// string; an adapter renders it with the platform's own means of quoting.
//
// Two ports meet here. App is what an adapter drives: it hands over events and
// learns how to acknowledge them. Messenger is what the core drives: it says
// things in a place, to a person, or as the answer to an event.
package chat
