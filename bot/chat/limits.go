package chat

// Structural limits, the stricter of the platforms' at each point. What people
// read is clipped to them in runes; what machines read must fit or is refused
// at start.
const (
	// MaxRef is the longest reference on a control, in bytes: custom_id has 1
	// to 100 characters.
	// https://discord.com/developers/docs/components/reference
	MaxRef = 100

	// MaxRows is how many rows of controls a message may have.
	// https://discord.com/developers/docs/components/reference#action-row
	MaxRows = 5
	// MaxButtons is how many buttons a row may have.
	// https://discord.com/developers/docs/components/reference#action-row
	MaxButtons = 5
	// MaxLabel is the longest label of a button, in runes; the other platform
	// allows 80. https://docs.slack.dev/reference/block-kit/block-elements/button-element
	MaxLabel = 75
	// MaxOptions is how many options a menu or a completion may have.
	// https://discord.com/developers/docs/components/reference#string-select
	MaxOptions = 25
	// MaxOptionText is the longest label or hint of an option, in runes.
	// https://docs.slack.dev/reference/block-kit/composition-objects/option-object
	MaxOptionText = 75
	// MaxOptionValue is the longest value of an option, in bytes.
	// https://discord.com/developers/docs/components/reference#string-select
	MaxOptionValue = 100
	// MaxMenuHint is the longest hint of an empty menu, in runes; both
	// platforms allow 150.
	MaxMenuHint = 150

	// MaxTitle is the longest title of a message, in runes: a header block.
	// https://docs.slack.dev/reference/block-kit/blocks/header-block
	MaxTitle = 150
	// MaxParagraph is the longest paragraph, in runes: a section's text.
	// https://docs.slack.dev/reference/block-kit/blocks/section-block
	MaxParagraph = 3000
	// MaxBody is the longest body, in runes over all paragraphs: an embed's
	// description. https://discord.com/developers/docs/resources/message#embed-object-embed-limits
	MaxBody = 4096
	// MaxFields is how many fields a card may have: a section's fields.
	// https://docs.slack.dev/reference/block-kit/blocks/section-block
	MaxFields = 10
	// MaxFieldName and MaxFieldValue bound a field, in runes.
	// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
	MaxFieldName  = 256
	MaxFieldValue = 1024
	// MaxNote is the longest note, in runes: a text of a context block; the other
	// platform allows 2048. https://docs.slack.dev/reference/block-kit/blocks/context-block
	MaxNote = 2000
	// MaxMessage is how many runes title, body, fields and note have together.
	// https://discord.com/developers/docs/resources/message#embed-object-embed-limits
	MaxMessage = 6000
	// MaxAttachments is how many files a message may carry.
	// https://discord.com/developers/docs/resources/message#create-message
	MaxAttachments = 10

	// MaxFormFields is how many fields a form may have.
	// https://discord.com/developers/docs/interactions/receiving-and-responding
	MaxFormFields = 5
	// MaxFormTitle is the longest title of a form, in runes.
	// https://docs.slack.dev/reference/views/modal-views
	MaxFormTitle = 24
	// MaxSubmit is the longest label of a form's button, in runes.
	// https://docs.slack.dev/reference/views/modal-views
	MaxSubmit = 24
	// MaxFormLabel is the longest label of a form's field, in runes.
	// https://discord.com/developers/docs/components/reference#label
	MaxFormLabel = 45
	// MaxFormHint is the longest hint of a form's field, in runes: a label's
	// description. https://discord.com/developers/docs/components/reference#label
	MaxFormHint = 100
	// MaxFormText is the longest text of a form's field, in runes.
	// https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element
	MaxFormText = 3000

	// MaxLine is the longest line that is read as a command, in runes. The
	// longest argument of a platform's command is twice as long as any text we keep.
	// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-structure
	MaxLine = 6000

	// MaxCommands is how many commands stand on one level of the tree.
	// https://discord.com/developers/docs/interactions/application-commands#subcommands-and-subcommand-groups
	MaxCommands = 25
	// MaxCommandText is how many characters all names and summaries of the
	// tree may have together.
	// https://discord.com/developers/docs/interactions/application-commands#slash-commands
	MaxCommandText = 8000
	// MaxCommandName is the longest name of a command or argument.
	// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-naming
	MaxCommandName = 32
	// MaxSummary and MaxArgSummary keep the whole tree below MaxCommandText.
	MaxSummary    = 38
	MaxArgSummary = 24
)
