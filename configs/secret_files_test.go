package configs_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/configs"
)

// Whoever looks at the modes of files must know each that a secret came from, and
// no other: not one that the environment made useless.
func TestLoadTellsWhichFilesHoldSecrets(t *testing.T) {
	t.Parallel()
	const key = "new:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
	readable := map[string]string{
		"/etc/lab/keys":   key,
		"/run/token":      "AAAA.BBBB.CCCC",
		"/etc/lab/plain":  "discord: {token: AAAA.BBBB.CCCC}\n",
		"/etc/lab/files":  "discord: {token_file: /run/token}\nkeys_file: keys\n",
		"/etc/lab/both":   "discord: {token_file: /run/token}\nredis: {url: \"redis://localhost\", password: hunter2}\n",
		"/etc/lab/nobody": "network: {id: lab}\n",
	}
	read := func(path string) ([]byte, error) {
		if text, ok := readable[path]; ok {
			return []byte(text), nil
		}
		return nil, errors.New("no such file")
	}
	home := func(name string) string { return map[string]string{"HOME": "/home/lab"}[name] }
	token := configs.SecretFile{Setting: "discord.token_file", Path: "/run/token"}
	for path, want := range map[string][]configs.SecretFile{
		"/etc/lab/plain":  {{Setting: "settings", Path: "/etc/lab/plain"}},
		"/etc/lab/files":  {token, {Setting: "keys_file", Path: "/etc/lab/keys", Ring: true}},
		"/etc/lab/both":   {{Setting: "settings", Path: "/etc/lab/both"}, token},
		"/etc/lab/nobody": nil,
	} {
		got, err := configs.Load(path, home, read)
		if diff := cmp.Diff(want, got.SecretFiles); diff != "" || err != nil {
			t.Errorf("Load(%s) tells other files, %v (-want +got):\n%s", path, err, diff)
		}
	}
	environment := func(name string) string {
		return map[string]string{"INTERLAB_DISCORD_TOKEN": "AAAA.BBBB.CCCC", "INTERLAB_KEYS": key, "HOME": "/home/lab"}[name]
	}
	for _, path := range []string{"/etc/lab/files", "/etc/lab/plain"} {
		if got, err := configs.Load(path, environment, read); err != nil || got.SecretFiles != nil {
			t.Errorf("Load(%s) with the secrets in the environment = %v, %v; want no files", path, got.SecretFiles, err)
		}
	}
}
