package configs_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEveryProblemIsToldAtOnceWithItsRemedy(t *testing.T) {
	t.Parallel()
	_, err := world{}.load("network:\n  organisers: [slack:T1/U1, T99]\nredis:\n  url: http://x\n")
	const want = `configs: 2 problems
  network.organisers[1]: "T99" names no platform; write slack:TEAM/USER or discord:USER
  redis.url: "http://x" has an unknown scheme; write redis://, rediss://, redis-sentinel:// or redis-cluster://`
	if err == nil || err.Error() != want {
		t.Errorf("Load error differs (-want +got):\n%s", cmp.Diff(want, errorText(err)))
	}
}

// refused maps a settings file to the only problem it has.
func refused() map[string]string {
	return map[string]string{
		// The tree.
		"netwerk: {id: a}":                            `netwerk: is no setting (line 1); write network, redis, slack, discord, private, web, log, retention, keys, keys_file, aliases_file or zone_data`,
		"log:\n  level: info\n  colour:":              `log.colour: is no setting (line 3); write level or format`,
		"redis:\n  pasword: hunter2":                  `redis.pasword: is no setting (line 2); write url, username, password, password_file, data, sentinel_username, sentinel_password, sentinel_password_file or ca_file`,
		"redis: {password hunter2}":                   `redis.?: is no setting (line 1); write url, username, password, password_file, data, sentinel_username, sentinel_password, sentinel_password_file or ca_file`,
		"network: lab":                                `network: is no block of settings (line 1); write id, name, language or organisers`,
		"- a\n- b":                                    `settings: is no block of settings (line 1); write network, redis, slack, discord, private, web, log, retention, keys, keys_file, aliases_file or zone_data`,
		"network: {id: [a, b]}":                       `network.id: is no plain text (line 1); write one value, in quotes if it has signs in it`,
		"network: {organisers: slack:T/U}":            `network.organisers: is no list (line 1); write each on a line of its own after a dash`,
		"log: {level: info}\n---\nlog: {level: warn}": `settings: the file holds 2 documents; remove the line --- between them`,

		// The network.
		"network: {id: Neuro}":                                           `network.id: "Neuro" is no network id; write 1 to 32 of a-z, 0-9 and -`,
		"network: {id: 'a:b'}":                                           `network.id: "a:b" is no network id; write 1 to 32 of a-z, 0-9 and -`,
		"network: {name: \"two\\nlines\"}":                               `network.name: "two\nlines" is more than one line of text; write one line`,
		"network: {name: ' Lab'}":                                        `network.name: " Lab" has space around it; remove the space`,
		"network: {language: Elvish}":                                    `network.language: "Elvish" is no language; write its code of two or three letters, as en or de`,
		"network: {language: de-AT}":                                     `network.language: "de-AT" is no language; write its code of two or three letters, as en or de`,
		"network: {name: " + long(61) + "}":                              `network.name: has 61 characters; write at most 60`,
		"network: {organisers: ['slack:']}":                              `network.organisers[0]: "slack:" is no account; write slack:TEAM/USER or discord:USER`,
		"network: {organisers: ['discord:1', 'slack:T/U', 'discord:1']}": `network.organisers[2]: "discord:1" is also network.organisers[0]; remove one`,

		// Redis.
		"redis: {url: 'localhost:6379'}":                              `redis.url: "localhost:6379" is no address; write redis://HOST:PORT`,
		"redis: {url: '127.0.0.1:6379'}":                              `redis.url: "127.0.0.1:6379" is no address; write redis://HOST:PORT`,
		"redis: {url: 'redis://'}":                                    `redis.url: "redis://" names no host; write redis://HOST:PORT`,
		"redis: {url: 'redis://a:70000'}":                             `redis.url: "redis://a:70000" has no possible port; write 1 to 65535`,
		"redis: {url: 'redis://a/one'}":                               `redis.url: "redis://a/one" has no database number after the last /; write one, or nothing`,
		"redis: {url: 'redis://a/?password=pass'}":                    `redis.url: "redis://a/" has options; write redis://HOST:PORT/DATABASE alone`,
		"redis: {url: 'redis://ana:pass@a'}":                          `redis.url: "[secret]@a" holds credentials; move them to redis.username and INTERLAB_REDIS_PASSWORD`,
		"redis: {url: 'redis://a', username: ana}":                    `redis.password: is missing for user "ana"; set INTERLAB_REDIS_PASSWORD or redis.password_file`,
		"redis: {username: ana}":                                      `redis.username: is only for a Redis at redis.url; set redis.url or remove this`,
		"redis: {password: pass}":                                     `redis.password: is only for a Redis at redis.url; set redis.url or remove this`,
		"redis: {url: 'redis://a', password: pass, password_file: x}": `redis.password_file: is set beside redis.password; keep one of them`,
		"redis: {url: 'redis://a', password_file: x}":                 `redis.password_file: cannot be read: open lab/x: file does not exist; correct the path or the file's rights`,
		"redis: {url: 'redis://a', password_file: blank}":             `redis.password_file: "blank" is empty; write the password into it`,
		"redis: {data: ~/interlab}":                                   `redis.data: "~/interlab" begins with ~, which only a shell understands; write the whole path`,

		// The rest.
		"log: {level: loud}":   `log.level: "loud" is unknown; write info, debug, warn or error`,
		"log: {format: xml}":   `log.format: "xml" is unknown; write console or json`,
		"keys: sesame":         `keys: line 1 is not NAME:KEY, with a name of a-z, 0-9 and -; interlab keys new prints a line`,
		"keys_file: x":         `keys_file: cannot be read: open lab/x: file does not exist; correct the path or the file's rights`,
		"aliases_file: a.yaml": `aliases_file: cannot be read: open lab/a.yaml: file does not exist; correct the path, or leave it out for the built-in aliases`,
		"zone_data: zones":     `zone_data: holds no time zones: open lab/zones/Europe/Berlin: file does not exist; name a folder as /usr/share/zoneinfo, or leave it out for the built-in ones`,
	}
}

func TestEachMistakeIsRefusedWithItsRemedy(t *testing.T) {
	t.Parallel()
	w := world{files: map[string]string{"lab/blank": "\n"}}
	for text, problem := range refused() {
		_, err := w.load(text)
		if got, want := errorText(err), "configs: 1 problem\n  "+problem; got != want {
			t.Errorf("Load(%q):\n got %s\nwant %s", text, got, want)
		}
	}
}

func TestMistakesOfTheEnvironmentNameTheVariable(t *testing.T) {
	t.Parallel()
	for variable, want := range map[string]string{
		"INTERLAB_NETWORK":        `INTERLAB_NETWORK: "!" is no network id; write 1 to 32 of a-z, 0-9 and -`,
		"INTERLAB_REDIS_URL":      `INTERLAB_REDIS_URL: "!" is no address; write redis://HOST:PORT`,
		"INTERLAB_REDIS_PASSWORD": `INTERLAB_REDIS_PASSWORD: is only for a Redis at redis.url; set redis.url or remove this`,
		"INTERLAB_LOG_LEVEL":      `INTERLAB_LOG_LEVEL: "!" is unknown; write info, debug, warn or error`,
	} {
		_, err := world{env: map[string]string{variable: "!"}}.load("network: {id: fine}")
		if got := errorText(err); got != "configs: 1 problem\n  "+want {
			t.Errorf("Load with %s=!:\n got %s\nwant %s", variable, got, want)
		}
	}
}

// A mistake of YAML itself is told by its line; the lines around it, which the
// library would cite, may hold a password.
func TestSyntaxIsToldByItsLineAndCitesNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"redis:\n  password: hunter2\n  url: [",
		"redis:\n  password: \"hunter2",
		"redis:\n  password: hunter2\n  password: hunter2",
		"redis:\n  hunter2: a\n  hunter2: b",
		"redis:\n\tpassword: hunter2",
		"redis:\n  password: hunter2\n @",
		"redis:\n  password: hunter2: hunter2",
	} {
		_, err := world{}.load(text)
		got := errorText(err)
		if !strings.HasPrefix(got, "configs: 1 problem\n  settings: line ") || strings.Contains(got, "hunter2") {
			t.Errorf("Load(%q) = %s, want the line and no password", text, got)
		}
	}
}

// errorText is an error's text, or words for its absence.
func errorText(err error) string {
	if err == nil {
		return "no error"
	}
	return err.Error()
}

func long(n int) string { return strings.Repeat("é", n) }
