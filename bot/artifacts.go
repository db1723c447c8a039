package bot

const artifactRecording = "recording"
