-- changes after kind limit most
-- after: the note to read on from; '' asks for the end of the audit only.
-- limit: how many notes; most: how many documents, which ends a piece early.
-- Answers {last, reset, notes, records}: reset is '1' where notes after that
-- one are gone; notes are entries of the stream; records is a flat list of
-- reference, version and data.
local after, kind = ARGV[1], ARGV[2] .. ':'

-- number is a note's number; notes are numbered without gaps.
local function number(id)
  local digits = string.match(id, '^(%d+)%-0$')
  return digits and tonumber(digits)
end

local newest = redis.call('XREVRANGE', AUDIT, '+', '-', 'COUNT', 1)[1]
local last = newest and newest[1] or '0-0'
if after == '' then return {last, '0', {}, {}} end
local oldest = redis.call('XRANGE', AUDIT, '-', '+', 'COUNT', 1)[1]
local from = number(after)
if not from or from > number(last) or (oldest and from + 1 < number(oldest[1])) then
  return {last, '1', {}, {}}
end

local notes, records, seen, count = {}, {}, {}, 0
last = after
for _, entry in ipairs(redis.call('XRANGE', AUDIT, '(' .. after, '+', 'COUNT', ARGV[3])) do
  if count >= tonumber(ARGV[4]) then break end
  table.insert(notes, entry)
  last = entry[1]
  for ref in string.gmatch(entry[2][10], '%S+') do
    if string.sub(ref, 1, #kind) == kind and not seen[ref] then
      seen[ref] = true
      count = count + 1
      add(records, ref)
    end
  end
end
return {last, '0', notes, records}
