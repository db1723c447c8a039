package exchange_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"interlab/bot/exchange"
)

// published are the twenty-seven releases that the Model Openness Tool of LF AI is
// tested with, and what it says of them: its class, 0 for none, how much of class
// III is open, and how much of the next class once III is reached. Behind them stand
// the licences of the whole, of code, data and documents, and each component with
// its own. Facts taken from Test_Data/expected_results.json of the tool's repository
// at commit 5cc8333d; components that count for no class are left out.
const published = `
0 33.33 -     | whole:CC-BY-SA-4.0 data:CC0-1.0 | data dcard paper
0 83.33 -     | whole:AFL-3.0 code:Apache-1.0 document:CC-BY-SA-4.0 | arch prep train infer eval weights ckpt data evaldata mcard dcard report
2 100   76.92 | document:CC0-1.0 | arch:MIT train:AFL-3.0 infer:NCSA eval:ECL-1.0 weights:CC-BY-3.0-NL evaldata:CC-BY-3.0-US mcard:CC-BY-SA-3.0 dcard:CC-BY-4.0 paper:CC-BY-SA-3.0 results:CC-BY-4.0
0 83.33 -     | whole:CDLA-Permissive-2.0 code:ECL-2.0 data:CC-BY-2.5-AU document:CC-BY-4.0 | arch:zlib-acknowledgement prep:AFL-3.0 train:ECL-2.0 eval:UPL-1.0 weights:ODbL-1.0 ckpt:Xfig data:CC-BY-2.0 evaldata:CC-BY-SA-4.0 mcard:CC-BY-SA-3.0 dcard:SMLNJ report:CC0-1.0 results:CC-BY-SA-4.0
2 100   71.43 | data:CDLA-Permissive-2.0 | arch:Apache-2.0 train:ECL-1.0 infer:AFL-1.1 eval:MIT-0 weights:CC-BY-3.0-DE evaldata:ODC-By-1.0 mcard:CC0-1.0 dcard:CC-BY-SA-4.0 report:CC0-1.0 results:CC-BY-SA-4.0
0 50    -     | | prep:HPND-sell-MIT-disclaimer-xserver train:YPL-1.0 infer:AGPL-1.0-or-later evaldata:OGL-UK-1.0 dcard:CC-BY-SA-4.0 paper:CC-BY-4.0 results:CC-BY-SA-4.0
0 16.67 -     | whole:CC-BY-SA-3.0 code:AFL-1.1 | eval:Motosoto paper:IPL-1.0
0 0     -     | whole:MIT document:CC-BY-4.0 | prep:OGDL-Taiwan-1.0 train:Sun-PPP-2000 evaldata:CC-BY-SA-3.0 paper:TORQUE-1.1
3 100   60    | data:CC-BY-SA-2.0-UK | arch:MIT-0 weights:CC-BY-2.0 mcard:CC-BY-4.0 dcard:CC-BY-SA-4.0 report:CC-BY-4.0 results:CC0-1.0
0 0     -     | | arch prep train infer eval weights ckpt data evaldata dcard report paper results
0 16.67 -     | code:0BSD document:CC0-1.0 | arch:CC-BY-NC-2.5 prep:MIT eval:NCSA weights:CC-BY-SA-3.0-AT ckpt:CC-BY-SA-3.0 evaldata:CC-PDDC dcard:BSD-4.3TAHOE report:Net-SNMP results:Soundex
0 33.33 -     | code:NCSA data:CC-BY-SA-4.0 | arch prep train infer eval weights ckpt dcard results
0 0     -     | | arch train infer eval weights evaldata mcard dcard report paper
0 0     -     | | data
3 100   60    | document:CC-BY-SA-4.0 | arch:Apache-1.0 weights:ODbL-1.0 mcard:CC-BY-4.0 dcard:CC0-1.0 paper:CC-BY-4.0 results:CC0-1.0
0 0     -     | | prep mcard report
1 100   -     | whole:Apache-1.0 code:UPL-1.0 | arch:AFL-1.2 prep:AFL-2.1 train:ISC infer:AFL-1.1 eval:AFL-3.0 weights:CC-BY-SA-4.0 ckpt:CC-BY-3.0-US data:CC-BY-3.0-NL evaldata:CC-BY-3.0-NL mcard:CC-BY-SA-3.0 dcard:CC0-1.0 paper:CC-BY-4.0 results:CC-BY-4.0
0 0     -     | | prep:FSFAP weights:OLDAP-1.1 mcard:SGP4 dcard:HPND-doc-sell paper:NLOD-1.0 results:ssh-keyscan
0 0     -     | | eval evaldata mcard paper results
1 100   -     | whole:AFL-1.2 code:AFL-2.1 data:CC-BY-2.5 document:CC0-1.0 | arch:AFL-3.0 prep:ECL-1.0 train:AFL-3.0 infer:AFL-2.0 eval:MIT weights:CDLA-Sharing-1.0 ckpt:CC0-1.0 data:ODC-By-1.0 evaldata:CC-BY-SA-1.0 mcard:CC0-1.0 dcard:CC-BY-4.0 report:CC-BY-SA-3.0 paper:CC-BY-4.0 results:CC0-1.0
0 50    -     | | arch:ulem prep:LZMA-SDK-9.11-to-9.20 infer:Sendmail-8.23 eval:Apache-2.0 weights:StandardML-NJ ckpt:CDLA-Sharing-1.0 data:CC-BY-2.5 evaldata:CC-BY-3.0-DE mcard:CC0-1.0 dcard:CC-BY-4.0 report:Sun-PPP paper:Community-Spec-1.0 results:Glulxe
0 33.33 -     | | arch:MIT prep:OPUBL-1.0 ckpt:AFL-2.0 data:CC-BY-SA-1.0 evaldata:HPND-sell-variant-MIT-disclaimer-rev mcard:SISSL-1.2 dcard:CC-BY-ND-3.0 report:CC-BY-3.0-AU results:libpng-2.0
0 0     -     | | prep infer weights ckpt data dcard paper
0 16.67 -     | document:CC-BY-SA-4.0 | infer eval weights evaldata paper
0 33.33 -     | | arch:MulanPSL-2.0 train:AML-glslang infer:cve-tou ckpt:CC-BY-NC-SA-1.0 mcard:CC-BY-SA-3.0 paper:CNRI-Jython results:CC-BY-NC-ND-3.0
0 50    -     | whole:CC-BY-SA-4.0 document:CC0-1.0 | arch:BSD-3-Clause-Clear train:MPL-1.1 eval:softSurfer weights:CC-BY-SA-2.0-UK evaldata:CC-BY-2.0 report:BSD-3-Clause-Attribution paper:CDLA-Permissive-1.0
0 16.67 -     | whole:MulanPSL-2.0 code:ECL-1.0 data:ODC-By-1.0 document:CC-BY-SA-3.0 | prep infer data evaldata mcard
`

func TestTheOpennessToolsPublishedResultsAreOurs(t *testing.T) {
	t.Parallel()
	content := map[string]exchange.Content{"whole": exchange.WholeRelease, "code": exchange.OfCode, "data": exchange.OfData, "document": exchange.OfDocuments}
	n := 0
	for line := range strings.Lines(strings.TrimSpace(published)) {
		cells := strings.Split(line, "|")
		said := strings.Fields(cells[0])
		r := exchange.Release{Parts: map[exchange.Artefact]string{}, Licences: map[exchange.Content]string{}}
		for field := range strings.FieldsSeq(cells[1]) {
			of, licence, _ := strings.Cut(field, ":")
			r.Licences[content[of]] = licence
		}
		for field := range strings.FieldsSeq(cells[2]) {
			name, licence, _ := strings.Cut(field, ":")
			r.Parts[parts(name)[0]] = licence
		}
		n++
		if got := strconv.Itoa(int(r.Class())); got != said[0] {
			t.Errorf("Class() of release %d = %s, the tool says %s", n, got, said[0])
		}
		percent(t, n, r, exchange.ClassIII, said[1])
		if next, _ := r.Next(); said[2] != "-" {
			percent(t, n, r, next, said[2])
		}
	}
	if n != 27 {
		t.Errorf("%d releases, want all 27", n)
	}
}

// percent compares a share with what the tool says of it.
func percent(t *testing.T, n int, r exchange.Release, c exchange.MOFClass, said string) {
	t.Helper()
	want, err := strconv.ParseFloat(said, 64)
	got, ok := r.Part(c).Value()
	if err != nil || !ok || math.Abs(100*got-want) > 0.01 {
		t.Errorf("Part(%s) of release %d = %.2f %%, the tool says %s %%", c, n, 100*got, said)
	}
}
