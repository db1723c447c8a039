-- An attempt is one call by a client. The client sends it again when it got no
-- reply; what was answered first is then the answer again, and nothing is done.
-- ARGV[1] is the id of the attempt in every script that uses this part.
local attempt = ATTEMPT .. ARGV[1]

-- answered is what this attempt answered before, or nil.
local function answered()
  local answer = redis.call('LRANGE', attempt, 0, -1)
  if #answer > 0 then return answer end
end

-- remember keeps an answer, a list of strings, longer than any client tries.
local function remember(answer)
  for _, part in ipairs(answer) do redis.call('RPUSH', attempt, part) end
  redis.call('PEXPIRE', attempt, 120000)
  return answer
end
