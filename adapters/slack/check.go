package slack

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/slack-go/slack"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// Check looks at the tokens, the rights, the channels and the clock of every
// workspace. It changes nothing and says nothing to anybody.
func Check(ctx context.Context, o Options) []desk.Finding {
	a := New(o)
	defer a.http.CloseIdleConnections()
	var out []desk.Finding
	teams := map[string]string{}
	for i, w := range a.workspaces {
		who, found := w.checkBot(ctx)
		out = append(out, found...)
		if who == nil {
			continue
		}
		if other, twice := teams[who.TeamID]; twice {
			out = append(out, w.bad("workspace", who.TeamID+" is the workspace of "+other+" too", "name each workspace once"))
		}
		teams[who.TeamID] = w.name
		out = append(out, desk.Clock("slack "+w.name+": clock", a.http.Date(), a.desk.Now()), w.checkScopes(who.Header),
			w.checkSocket(ctx), w.checkPair(ctx, who.BotID, o.Workspaces[i].AppToken), w.checkChannels(ctx))
	}
	return out
}

func (w *workspace) good(what, found string) desk.Finding {
	return desk.Finding{What: "slack " + w.name + ": " + what, Found: found}
}

func (w *workspace) bad(what, found, advice string) desk.Finding {
	return desk.Finding{What: "slack " + w.name + ": " + what, Found: found, Advice: advice, Bad: true}
}

func (w *workspace) checkBot(ctx context.Context) (*slack.AuthTestResponse, []desk.Finding) {
	who, err := w.api.AuthTestContext(ctx)
	if err != nil {
		return nil, []desk.Finding{w.bad("bot token", explain(err), "copy the Bot User OAuth Token again, from OAuth & Permissions of the app; it begins with xoxb-")}
	}
	return who, []desk.Finding{w.good("bot token", fmt.Sprintf("%s (%s) as %s", who.Team, who.TeamID, who.User))}
}

// explain is an error in words for an operator.
func explain(err error) string { return failure(err, chat.ErrGone).Error() }

func (w *workspace) checkScopes(header http.Header) desk.Finding {
	given := strings.FieldsFunc(header.Get("X-OAuth-Scopes"), func(r rune) bool { return r == ',' || r == ' ' })
	var missing []string
	for _, s := range scopes() {
		if !slices.Contains(given, s.Name) {
			missing = append(missing, s.Name)
		}
	}
	if len(missing) > 0 {
		return w.bad("scopes", "missing: "+strings.Join(missing, ", "), "paste the output of interlab manifest slack into App Manifest of the app, then reinstall it under OAuth & Permissions")
	}
	return w.good("scopes", fmt.Sprintf("all %d", len(scopes())))
}

func (w *workspace) checkSocket(ctx context.Context) desk.Finding {
	if _, _, err := w.api.StartSocketModeContext(ctx); err != nil {
		return w.bad("app token", explain(err), "under Basic Information of the app, generate an App-Level Token with the scope connections:write; it begins with xapp-")
	}
	return w.good("app token", "opens sockets")
}

// appToken is the shape of a token of an app, with the app's id.
var appToken = regexp.MustCompile(`^xapp-\d+-(A\w+)-`)

// checkPair looks whether the two tokens are of one app: otherwise the bot would
// hear one workspace and speak in another. Of a token of another shape nothing
// is known.
func (w *workspace) checkPair(ctx context.Context, bot, token string) desk.Finding {
	of := appToken.FindStringSubmatch(token)
	user, err := w.api.GetBotInfoContext(ctx, slack.GetBotInfoParameters{Bot: bot})
	switch {
	case err != nil || of == nil:
		return w.good("pair of tokens", "not told")
	case user.AppID != of[1]:
		return w.bad("pair of tokens", "the bot token is of app "+user.AppID+", the app token of app "+of[1], "take both from the pages of one app")
	}
	return w.good("pair of tokens", "both of app "+of[1])
}

func (w *workspace) checkChannels(ctx context.Context) desk.Finding {
	channels, _, err := w.api.GetConversationsForUserContext(ctx, &slack.GetConversationsForUserParameters{
		Types: []string{"public_channel", "private_channel"}, ExcludeArchived: true, Limit: 200,
	})
	if err != nil {
		return w.bad("channels", explain(err), "see scopes")
	}
	names := make([]string, 0, len(channels))
	for i := range channels {
		names = append(names, "#"+channels[i].Name)
	}
	slices.Sort(names)
	if len(names) == 0 {
		f := w.good("channels", "none")
		f.Advice = "for announcements in a channel, type there: /invite @Interlab"
		return f
	}
	return w.good("channels", strings.Join(names[:min(len(names), 10)], ", "))
}
