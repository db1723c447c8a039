package discord_test

import (
	"context"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"interlab/adapters/discord"
	"interlab/adapters/discord/discordtest"
)

func TestTheManifestSaysWhatAnAdministratorNeeds(t *testing.T) {
	t.Parallel()
	got, err := discord.Manifest((&core{}).Tree())
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/manifest.txt")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("Manifest differs (-want +got):\n%s", diff)
	}
}

func TestCommandsAreWrittenOnlyWhenTheyChanged(t *testing.T) {
	t.Parallel()
	s := newStage(t, nil)
	for range 2 {
		s.build(t, nil)
		s.start(t)
		s.stop()
	}
	writes := 0
	for _, c := range s.Calls("/commands") {
		if c.Method == http.MethodPut {
			writes++
		}
	}
	if writes != 1 {
		t.Errorf("two starts wrote the commands %d times, want once", writes)
	}
	s.build(t, func(o *discord.Options, _ *core) { o.Guilds = []string{s.guild.ID} })
	s.start(t)
	if got := len(s.Calls("/guilds/" + s.guild.ID + "/commands")); got != 2 {
		t.Errorf("%d calls about the commands of a server for trying, want a read and a write", got)
	}
}

// check is what Check finds for a server, as lines.
func check(t *testing.T, s *discordtest.Server, token string, guilds ...string) string {
	t.Helper()
	a, err := discord.New(discord.Options{Token: token, APIURL: s.URL, Guilds: guilds, Now: time.Now, Log: zerolog.Nop()})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, f := range a.Check(context.Background()) {
		out.WriteString(f.What + ": " + f.Found + " -> " + f.Advice + "\n")
	}
	return out.String()
}

func TestCheckNamesWhatIsMissing(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	if got := check(t, s, "wrong"); !strings.Contains(got, "is not valid -> reset it") {
		t.Errorf("Check with a wrong token:\n%s", got)
	}
	if got := check(t, s, discordtest.Token, "123"); !strings.Contains(got, "discord servers: none") || !strings.Contains(got, "the bot is not in server 123") ||
		!strings.Contains(got, discord.Invite(discordtest.Application)) {
		t.Errorf("Check without a server:\n%s", got)
	}
	g := s.AddGuild("Noether Lab")
	c := s.AddChannel(g)
	if got := check(t, s, discordtest.Token); !strings.Contains(got, "may write in 1 channels") {
		t.Errorf("Check of a good server:\n%s", got)
	}
	s.Change(func() { c.Forbidden = true })
	if got := check(t, s, discordtest.Token); !strings.Contains(got, "no channel that the bot may write in") {
		t.Errorf("Check of a server without a channel:\n%s", got)
	}
	s.Change(func() { g.Permissions &^= 1<<14 | 1<<38 })
	if got := check(t, s, discordtest.Token); !strings.Contains(got, "lacks Embed Links, Send Messages in Threads ->") {
		t.Errorf("Check of a server with too few permissions:\n%s", got)
	}
}

func TestCheckComparesTheClockWithDiscords(t *testing.T) {
	t.Parallel()
	s := discordtest.New(t)
	for ahead, want := range map[time.Duration]string{
		0:                "agrees with the platform's",
		5 * time.Minute:  "off the platform's",
		-5 * time.Minute: "off the platform's",
	} {
		a, err := discord.New(discord.Options{
			Token: discordtest.Token, APIURL: s.URL, Log: zerolog.Nop(), Now: func() time.Time { return time.Now().Add(ahead) },
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range a.Check(t.Context()) {
			if f.What == "discord clock" && (!strings.Contains(f.Found, want) || f.Bad != (ahead != 0) || f.Bad != (f.Advice != "")) {
				t.Errorf("%s ahead, Check says %+v, want %q", ahead, f, want)
			}
		}
	}
}
