package discord

import (
	"fmt"
	"strings"

	"interlab/bot/chat"
)

// permission is one that the bot asks for, and why.
// https://discord.com/developers/docs/topics/permissions#permissions-bitwise-permission-flags
type permission struct {
	bit  int
	name string
	why  string
}

// permissions are the least with which everything works.
var permissions = []permission{ //nolint:gochecknoglobals // a table that nobody changes
	{10, "View Channels", "to see the channel it is told to announce in"},
	{11, "Send Messages", "to announce there"},
	{14, "Embed Links", "its messages are cards, which count as embeds"},
	{15, "Attach Files", "a talk comes with a calendar file, a report with its data"},
	{16, "Read Message History", "to see after a crash whether a message has arrived, and to reply"},
	{35, "Create Public Threads", "changes to a talk go into a thread below its announcement"},
	{38, "Send Messages in Threads", "to write them there"},
	{44, "Create Events", "a talk stands among the server's events, too, and follows it"},
}

// permissionBits are all of them in one number.
func permissionBits() uint64 {
	var bits uint64
	for _, p := range permissions {
		bits |= 1 << p.bit
	}
	return bits
}

// Invite is the address at which an administrator adds the bot to a server.
// https://discord.com/developers/docs/topics/oauth2#bot-authorization-flow
func Invite(application string) string {
	return fmt.Sprintf("https://discord.com/oauth2/authorize?client_id=%s&scope=bot+applications.commands&permissions=%d",
		application, permissionBits())
}

// placeholder stands in the invite link where nothing tells the id.
const placeholder = "APPLICATION_ID"

// Manifest is what an administrator needs to know: the invite link, what each
// permission is for, and the commands as they are registered.
func Manifest(tree *chat.Tree) (string, error) {
	list, err := Commands(tree)
	if err != nil {
		return "", err
	}
	var out strings.Builder
	fmt.Fprintf(&out, "Invite the bot to a server:\n\n  %s\n\n", Invite(placeholder))
	out.WriteString("APPLICATION_ID is the number under General Information of the application;\n" +
		"with the token in the settings, interlab check prints the link with it.\n\n")
	out.WriteString("The link asks for these permissions, and for nothing else:\n\n")
	for _, p := range permissions {
		fmt.Fprintf(&out, "  %-25s %s\n", p.name, p.why)
	}
	out.WriteString("\nNo privileged intent is needed. These commands are registered when the bot starts:\n\n")
	out.Write(list)
	out.WriteString("\n")
	return out.String(), nil
}
