package configs_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/configs"
)

func TestDiscordIsReadWithItsTokenFromWhereItIs(t *testing.T) {
	t.Parallel()
	w := world{files: map[string]string{"lab/token": "abc.def-_=\n"}}
	s, err := w.load("discord:\n  api_url: http://127.0.0.1:1/api/v10\n  token_file: token\n  guilds: [123]\n  shards: 2\n")
	if err != nil {
		t.Fatal(err)
	}
	want := configs.Discord{APIURL: "http://127.0.0.1:1/api/v10", Token: configs.NewSecret("abc.def-_="), Guilds: []string{"123"}, Shards: 2}
	if diff := cmp.Diff(want, s.Discord, cmp.AllowUnexported(configs.Secret{})); diff != "" {
		t.Errorf("Load differs (-want +got):\n%s", diff)
	}
	w.env = map[string]string{"INTERLAB_DISCORD_TOKEN": "from.the.environment"}
	if s, err = w.load("discord: {token: other}"); err != nil || s.Discord.Token.Reveal() != "from.the.environment" {
		t.Errorf("Load with INTERLAB_DISCORD_TOKEN = token %q, %v; want the variable's", s.Discord.Token.Reveal(), err)
	}
}

func TestMistakesAboutDiscordAreToldWithTheirRemedy(t *testing.T) {
	t.Parallel()
	for text, problem := range map[string]string{
		"discord: {token: 'Bot abc'}":        `discord.token: is no token; copy it from the Bot page of the application, without "Bot" in front`,
		"discord: {token: a, token_file: b}": `discord.token_file: is set beside discord.token; keep one of them`,
		"discord: {api_url: 'discord.com'}":  `discord.api_url: is no address of an API; write https://HOST/api/v10, or leave it out`,
		"discord: {guilds: [lab]}":           `discord.guilds[0]: "lab" is no id of a server; write the number under Copy Server ID`,
		"discord: {shards: 0}":               `discord.shards: "0" is no number of connections; write 1 to 1000`,
		"discord: {bot: a}":                  `discord.bot: is no setting (line 1); write api_url, token, token_file, guilds or shards`,
	} {
		_, err := world{}.load(text)
		if got, want := errorText(err), "configs: 1 problem\n  "+problem; got != want {
			t.Errorf("Load(%q):\n got %s\nwant %s", text, got, want)
		}
	}
}
