package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"interlab/adapters/discord/discordtest"
)

// discordSettings name a test server and nothing else.
func discordSettings(t *testing.T, server *discordtest.Server) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "interlab.yaml")
	text := fmt.Sprintf("discord:\n  api_url: %s\n  token: %s\n", server.URL, discordtest.Token)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestServeBringsTheBotToDiscord(t *testing.T) {
	t.Parallel()
	needRedis(t)
	server := discordtest.New(t)
	guild := server.AddGuild("Noether Lab")
	channel, ana := server.AddChannel(guild), server.AddUser("Ana Ruiz")
	path, home := discordSettings(t, server), t.TempDir()
	ctx, stop := context.WithCancel(context.Background())
	var out, errs bytes.Buffer
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, []string{"-c", path, "serve"}, strings.NewReader(""), &out, &errs, func(name string) string {
			return map[string]string{"HOME": home}[name]
		})
	}()
	server.Until("connected", server.Connected)
	server.JoinGuild(guild)
	server.Command(discordtest.Spot{User: ana.ID, Guild: guild.ID, Channel: channel.ID}, "interlab", []string{"start"})
	server.Until("greeted", func() bool { return len(server.Messages(ana.ID)) == 1 })
	stop()
	if code := <-done; code != 0 {
		t.Errorf("serve = exit %d: %s", code, errs.String())
	}
	if got := server.Messages(ana.ID)[0]; !got.Private || !strings.Contains(got.Body.Embeds[0].Title, "Hello Ana, I am Interlab") {
		t.Errorf("the start card arrived as %+v", got.Body)
	}
	if strings.Contains(errs.String(), "event failed") || strings.Contains(errs.String(), discordtest.Token) || strings.Contains(errs.String(), "Ana") {
		t.Errorf("the log says too much, or that something failed:\n%s", errs.String())
	}
}

func TestCheckLooksAtDiscord(t *testing.T) {
	t.Parallel()
	server := discordtest.New(t)
	out, errs, _ := program(t, "", "-c", discordSettings(t, server), "check")
	if !strings.Contains(out, `belongs to "Interlab"`) || !strings.Contains(out, "discord.com/oauth2/authorize") {
		t.Errorf("check says nothing of Discord:\n%s%s", out, errs)
	}
}

func TestManifestOfDiscordHasTheLinkAndTheCommands(t *testing.T) {
	t.Parallel()
	out, errs, code := program(t, "", "manifest", "discord")
	if code != 0 || !strings.Contains(out, "permissions=17901423807488") || !strings.Contains(out, `"name": "profile"`) {
		t.Errorf("manifest discord = exit %d: %s%s", code, errs, out)
	}
}
