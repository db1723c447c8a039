package cli_test

import (
	"strings"
	"testing"
)

// Whatever is in a file, a command ends with a plan or says what is wrong with it.
func FuzzPlanReadsAnyFile(f *testing.F) {
	for _, text := range []string{"a,b,weight\nx,y,5\n", `{"id":"a","lab":"L","choices":["p"]}`, "x,\"", "\xff", "{", `{"id":"p","capacity":1,"ranks":[["a"]]}`, "id,topic\n1,coral\n"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return
		}
		files := files{"f": text}
		for _, args := range []string{
			"plan round --edges f --history f --pins f", "plan round --people f --group 3", "plan suggest --people f --queries f --all",
			"plan residencies --applicants f --places f",
		} {
			_, errs, code := files.run(args)
			if code != 0 && !strings.HasPrefix(errs, "interlab: ") || code == 0 && strings.Contains(errs, "interlab: ") {
				t.Errorf("%s of %q = %d, %q", args, text, code, errs)
			}
		}
	})
}
