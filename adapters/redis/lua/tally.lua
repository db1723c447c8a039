-- tally now index...
-- Answers {due, later, held, buried, listed...}: how much work is due by now,
-- due later, claimed and buried, and how many documents each index lists.
-- Claims that have lapsed hold nothing.
lapse()
local due = redis.call('ZCOUNT', DUE, '-inf', ARGV[1])
local answer = {
  int(due), int(redis.call('ZCARD', DUE) - due), int(redis.call('ZCARD', LEASES)), int(redis.call('ZCARD', GRAVES)),
}
for i = 2, #ARGV do
  table.insert(answer, int(redis.call('ZCARD', INDEX .. ARGV[i])))
end
return answer
