// Package slack is Slack as a place where people talk: any number of
// workspaces, each with an app of its own, over Socket Mode and the Web API.
//
// The rule: this package renders, sends and routes, and each is a file of its
// own that does not know the others' insides. Rendering is pure. Nothing is
// decided here, nothing is tried twice, and nothing is kept that a restart
// would lose. What a person typed is data from end to end: it reaches Slack only
// in plain_text and rich_text elements, which have no markup, or escaped.
package slack

import "interlab/bot/chat"

// Platform is the name under which the core knows this adapter.
const Platform chat.Platform = "slack"
