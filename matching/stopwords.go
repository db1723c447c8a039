package matching

// isStop reports whether a folded word says nothing about a topic: English
// function words, and what people wrap around a question ("someone who knows").
func isStop(word string) bool {
	switch word {
	case "a", "about", "above", "across", "after", "again", "against", "al", "all", "almost", "along", "already", "also",
		"although", "always", "am", "among", "an", "and", "another", "any", "anybody", "anyone", "anything", "are",
		"around", "as", "at", "away", "be", "became", "because", "become", "becomes", "been", "before", "behind", "being",
		"below", "besides", "between", "beyond", "both", "but", "by", "can", "cannot", "could", "did", "do", "does",
		"doing", "done", "dont", "down", "due", "during", "each", "eg", "either", "else", "especially", "et", "etc",
		"even", "ever", "every", "everything", "few", "for", "from", "further", "furthermore", "get", "gets", "getting",
		"got", "had", "has", "have", "having", "he", "hello", "hence", "her", "here", "hers", "hey", "hi", "him", "his",
		"how", "however", "i", "id", "ie", "if", "ii", "iii", "im", "in", "into", "is", "isnt", "it", "its", "itself",
		"ive", "just", "know", "knowing", "known", "knows", "less", "like", "lot", "lots", "many", "may", "maybe", "me",
		"might", "more", "most", "mostly", "much", "must", "my", "need", "needs", "neither", "no", "nor", "not", "now",
		"of", "off", "often", "on", "one", "only", "onto", "or", "other", "others", "our", "ours", "out", "over", "own",
		"per", "perhaps", "please", "quite", "rather", "really", "same", "shall", "she", "should", "since", "so", "some",
		"somebody", "someone", "something", "sometimes", "still", "such", "than", "thank", "thanks", "that", "thats",
		"the", "their", "them", "then", "there", "thereby", "therefore", "these", "they", "thing", "things", "this",
		"those", "though", "through", "throughout", "thus", "to", "together", "too", "toward", "towards", "under", "until",
		"up", "upon", "us", "very", "via", "vs", "want", "wants", "was", "we", "well", "were", "what", "whatever", "when",
		"where", "whereas", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with", "within",
		"without", "would", "yes", "yet", "you", "your", "yours":
		return true
	}
	return false
}

// isFrame reports whether a folded word only introduces a topic where it opens a
// phrase and a stop word follows: "expertise in", "help with"; not "expert systems".
func isFrame(word string) bool {
	switch word {
	case "ask", "background", "based", "collaborate", "collaborating", "curious", "enthusiastic", "excited", "experience",
		"experienced", "expert", "expertise", "experts", "familiar", "focus", "focused", "focusing", "good", "help",
		"helping", "interest", "interested", "interests", "keen", "knowledge", "look", "looking", "people", "person",
		"questions", "read", "research", "researcher", "researchers", "skills", "talk", "talking", "teach", "think",
		"topics", "understand", "used", "using", "work", "worked", "working", "works", "write":
		return true
	}
	return false
}

// isBoilerplate reports whether a folded word is the furniture of abstracts.
// It may matter in a topic of three words ("mixed methods"), never in a paragraph.
func isBoilerplate(word string) bool {
	switch word {
	case "abstract", "according", "accordingly", "achieve", "achieved", "additional", "additionally", "address", "aim",
		"aimed", "aims", "allow", "allowed", "allows", "analyses", "analysis", "analyze", "analyzed", "applied", "apply",
		"applying", "approach", "approaches", "approximately", "argue", "article", "aspect", "aspects", "assess",
		"assessed", "associated", "available", "background", "based", "basis", "better", "broad", "called", "capable",
		"cases", "certain", "characterized", "commonly", "compare", "compared", "comparing", "comparison", "conclude",
		"conclusion", "conclusions", "conducted", "consider", "considered", "consistent", "contrast", "contribute", "copyright",
		"contributes", "conventional", "corresponding", "crucial", "current", "currently", "degree", "demonstrate",
		"demonstrated", "demonstrates", "derived", "describe", "described", "designed", "despite", "determine",
		"determined", "develop", "developed", "developing", "differ", "difference", "differences", "different",
		"difficult", "discuss", "discussed", "effect", "effective", "effects", "employed", "enable", "enables",
		"essential", "established", "evaluate", "evaluated", "evidence", "examine", "examined", "examining", "example",
		"existing", "expected", "experiment", "experiments", "explore", "explored", "fact", "finally", "find", "finding",
		"findings", "firstly", "five", "focus", "following", "found", "four", "framework", "fully", "furthermore",
		"future", "generally", "give", "given", "good", "great", "greater", "groups", "higher", "highly", "identified",
		"identify", "impact", "implications", "importance", "important", "importantly", "improve", "improved", "improves",
		"include", "included", "includes", "including", "increase", "increased", "increases", "increasing", "indicate",
		"indicated", "indicates", "influence", "insight", "insights", "instance", "interesting", "interestingly",
		"introduce", "introduced", "investigate", "investigated", "investigating", "investigation", "involved", "issue",
		"issues", "key", "largely", "larger", "last", "later", "lead", "leads", "led", "level", "levels", "likely",
		"limited", "literature", "lower", "made", "main", "mainly", "major", "make", "makes", "means", "measure",
		"measured", "measures", "method", "methods", "moreover", "multiple", "namely", "nature", "new", "next", "note",
		"novel", "number", "objective", "observed", "obtain", "obtained", "occur", "overall", "paper", "participants",
		"particular", "particularly", "parts", "performed", "plays", "point", "points", "possible", "potential",
		"potentially", "present", "presented", "presents", "previous", "previously", "problem", "problems",
		"produce", "produced", "properties", "property", "propose", "proposed", "provide", "provided", "provides",
		"providing", "purpose", "questions", "range", "rates", "ratio", "recent", "recently", "reduce", "reduced",
		"regarding", "related", "relations", "relationship", "relationships", "relative", "relatively", "relevant",
		"remain", "remains", "report", "reported", "require", "required", "requires", "research", "respect",
		"respectively", "result", "resulted", "resulting", "results", "reveal", "revealed", "reveals", "review", "role",
		"samples", "secondly", "see", "seen", "sets", "several", "show", "showed", "showing", "shown", "shows",
		"significance", "significant", "significantly", "similar", "similarly", "simple", "six", "small", "specific",
		"specifically", "strong", "strongly", "studied", "studies", "study", "studying", "subject", "subjects", "suggest",
		"suggested", "suggesting", "suggests", "supported", "supporting", "table", "take", "taken", "term", "terms",
		"tested", "tests", "three", "two", "types", "typically", "understand", "understanding", "unique", "unknown", "use",
		"used", "useful", "uses", "using", "usually", "values", "various", "varying", "way", "ways", "whole", "wide",
		"widely", "work", "works", "year", "years":
		return true
	}
	return false
}
