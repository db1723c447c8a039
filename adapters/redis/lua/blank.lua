-- blank instead id...
-- Puts something else in the place of answers that are still kept, which are
-- forgotten when they would have been. Answers {'ok'}. A repetition does no harm.
for i = 2, #ARGV do
  -- XX: what was forgotten since it was listed must not come back, without an end.
  redis.call('SET', OP .. ARGV[i], ARGV[1], 'XX', 'KEEPTTL')
end
return {'ok'}
