-- What wrk asks: wrk … -s load.lua --latency URL -- ROUTE FILE BODY
--   ROUTE   method and path, with {customer} and {subscription} in it: "GET /subscriptions/{subscription}"
--   FILE    a customer and a subscription a line; each request takes a line by chance
--   BODY    what a POST or PATCH sends; {n} becomes the number of the request
-- The bearer token comes by the environment (BENCH_TOKEN), so that no list of processes shows it.
local pairs_of, method, path, body, count = {}, nil, nil, nil, 0

function init(args)
    method, path = args[1]:match("^(%u+) (.*)$")
    body = args[3]
    for line in io.lines(args[2]) do
        local customer, subscription = line:match("^(%S+)%s+(%S+)")
        if customer then pairs_of[#pairs_of + 1] = { customer = customer, subscription = subscription } end
    end
    wrk.headers["Content-Type"] = body and "application/json" or nil
    local token = os.getenv("BENCH_TOKEN")
    if token and token ~= "" then wrk.headers["Authorization"] = "Bearer " .. token end
    -- The same chances for everybody.
    math.randomseed(20261124)
end

function request()
    count = count + 1
    local filled = path:gsub("{(%a+)}", pairs_of[math.random(#pairs_of)])
    return wrk.format(method, filled, nil, body and body:gsub("{n}", tostring(count)) or nil)
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests":%d,"seconds":%.6f,"bytes":%d,"p50":%.3f,"p99":%.3f,"failures":%d,"broken":%d}\n',
        summary.requests, summary.duration / 1e6, summary.bytes, latency:percentile(50) / 1e3,
        latency:percentile(99) / 1e3, errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
