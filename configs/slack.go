package configs

import (
	"net/url"
	"regexp"
	"strings"
)

// Slack says which workspaces of Slack the network has.
type Slack struct {
	// APIURL is another host for the Web API and the sockets, as for tests;
	// empty means Slack itself.
	APIURL string
	// Workspaces are in the order of the file, and none has the name of another.
	Workspaces []SlackWorkspace
}

// SlackWorkspace is one workspace and the tokens of the app in it.
type SlackWorkspace struct {
	// Name is what the operator calls it: 1 to 32 characters of a-z, 0-9 and "-".
	Name string
	// BotToken begins with xoxb-, AppToken with xapp-.
	BotToken Secret
	AppToken Secret
}

// slack checks the settings under "slack".
func (s *sources) slack() Slack {
	out := Slack{APIURL: s.slackURL()}
	first := map[string]string{}
	for _, item := range s.file["slack.workspaces"] {
		at := item.where
		name := s.workspaceName(at)
		if where, twice := first[name]; twice && name != "" {
			s.found.add(at+".name", "%q is also %s.name; choose another", name, where)
		}
		first[name] = at
		variable := "INTERLAB_SLACK_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		out.Workspaces = append(out.Workspaces, SlackWorkspace{
			Name:     name,
			BotToken: s.token(at+".bot_token", variable+"_BOT_TOKEN", "xoxb-"),
			AppToken: s.token(at+".app_token", variable+"_APP_TOKEN", "xapp-"),
		})
	}
	return out
}

func (s *sources) slackURL() string {
	v, ok := s.text("slack.api_url", "")
	if !ok {
		return ""
	}
	u, err := url.Parse(v.text)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.User != nil || u.RawQuery != "" {
		s.found.add(v.where, "is no address of an API; write https://HOST/api/, or leave it out")
	}
	return v.text
}

func (s *sources) workspaceName(at string) string {
	name, ok := s.text(at+".name", "")
	switch {
	case !ok:
		s.found.add(at+".name", "is missing; write a name of your own for the workspace")
	case !regexp.MustCompile(`^[a-z0-9-]{1,32}$`).MatchString(name.text):
		s.found.add(name.where, "%q is no name; write 1 to 32 of a-z, 0-9 and -", name.text)
	}
	return name.text
}

// token is a token that a platform handed out, which begins as all of its kind do.
func (s *sources) token(path, variable, prefix string) Secret {
	token, ok := s.secret(path, variable, "token")
	switch {
	case !ok:
		s.found.add(path, "is missing; set %s or %s_file", variable, path)
	case token.text != "" && !strings.HasPrefix(token.text, prefix):
		s.found.add(token.where, "is not the right token; this one begins with %s", prefix)
	}
	return NewSecret(token.text)
}
