using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Sqs;

public sealed class MessageTests
{
    [Fact]
    public async Task Receive_AfterSend_GivesBodyDigestAndAttributes()
    {
        await using var host = await TestHost.StartAsync();
        var queues = new Queues(host);
        var queue = await queues.CreateAsync("q");
        var sent = await queues.SendAsync(queue, "hello");
        Assert.Equal("5d41402abc4b2a76b9719d911017c592", sent["MD5OfMessageBody"]!.GetValue<string>());
        var message = Assert.Single(await queues.ReceiveAsync(queue));
        Assert.Equal("hello", message["Body"]!.GetValue<string>());
        Assert.Equal("000000000000", message["Attributes"]!["SenderId"]!.GetValue<string>());
        Assert.Equal("1", message["Attributes"]!["ApproximateReceiveCount"]!.GetValue<string>());
        Assert.Equal(
            host.Time.GetUtcNow().ToUnixTimeMilliseconds().ToString(),
            message["Attributes"]!["SentTimestamp"]!.GetValue<string>()
        );
    }

    [Fact]
    public async Task Receive_OfMessageInFlight_WaitsForItsVisibility()
    {
        await using var host = await TestHost.StartAsync();
        var queues = new Queues(host);
        var queue = await queues.CreateAsync("q", ("VisibilityTimeout", "60"));
        await queues.SendAsync(queue, "m");
        Assert.Single(await queues.ReceiveAsync(queue));
        Assert.Empty(await queues.ReceiveAsync(queue));
        host.Time.Advance(TimeSpan.FromSeconds(60));
        var again = Assert.Single(await queues.ReceiveAsync(queue));
        Assert.Equal("2", again["Attributes"]!["ApproximateReceiveCount"]!.GetValue<string>());
    }

    [Fact]
    public async Task Receive_LongPoll_EndsWhenMessageArrives()
    {
        await using var host = await TestHost.StartAsync();
        var queues = new Queues(host);
        var queue = await queues.CreateAsync("q");
        var poll = queues.ReceiveAsync(queue, wait: 20);
        await Task.Delay(30);
        Assert.False(poll.IsCompleted);
        await queues.SendAsync(queue, "late");
        Assert.Single(await poll);
    }

    [Fact]
    public async Task Delete_WithLatestReceipt_RemovesForGood()
    {
        await using var host = await TestHost.StartAsync();
        var queues = new Queues(host);
        var queue = await queues.CreateAsync("q", ("VisibilityTimeout", "1"));
        await queues.SendAsync(queue, "m");
        var first = Assert.Single(await queues.ReceiveAsync(queue));
        host.Time.Advance(TimeSpan.FromSeconds(2));
        var second = Assert.Single(await queues.ReceiveAsync(queue));
        await queues.DeleteAsync(queue, first);
        host.Time.Advance(TimeSpan.FromSeconds(2));
        second = Assert.Single(await queues.ReceiveAsync(queue));
        await queues.DeleteAsync(queue, second);
        host.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Empty(await queues.ReceiveAsync(queue));
    }

    [Fact]
    public async Task Receive_MoreOftenThanAllowed_MovesToDeadLetters()
    {
        await using var host = await TestHost.StartAsync();
        var queues = new Queues(host);
        var dead = await queues.CreateAsync("dead");
        var queue = await queues.CreateAsync(
            "q",
            ("VisibilityTimeout", "1"),
            ("RedrivePolicy", """{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead","maxReceiveCount":2}""")
        );
        await queues.SendAsync(queue, "poison");
        for (var round = 0; round < 2; round++)
        {
            Assert.Single(await queues.ReceiveAsync(queue));
            host.Time.Advance(TimeSpan.FromSeconds(2));
        }

        Assert.Empty(await queues.ReceiveAsync(queue));
        Assert.Equal("poison", Assert.Single(await queues.ReceiveAsync(dead))["Body"]!.GetValue<string>());
    }

    [Fact]
    public async Task Fifo_GroupWithMessageInFlight_HoldsBackTheRest()
    {
        await using var host = await TestHost.StartAsync();
        var queues = new Queues(host);
        var queue = await queues.CreateAsync("q.fifo", ("FifoQueue", "true"));
        foreach (var (body, group) in new[] { ("a1", "a"), ("a2", "a"), ("b1", "b") })
        {
            await queues.SendAsync(queue, body, group, body);
        }

        var first = Assert.Single(await queues.ReceiveAsync(queue, 1));
        Assert.Equal(["b1"], await queues.BodiesAsync(queue));
        await queues.DeleteAsync(queue, first);
        Assert.Equal(["a2"], await queues.BodiesAsync(queue));
    }

    [Fact]
    public async Task Fifo_RepeatWithinFiveMinutes_IsAcceptedAndDropped()
    {
        await using var host = await TestHost.StartAsync();
        var queues = new Queues(host);
        var queue = await queues.CreateAsync("q.fifo", ("FifoQueue", "true"), ("ContentBasedDeduplication", "true"));
        var first = await queues.SendAsync(queue, "same", "g");
        var second = await queues.SendAsync(queue, "same", "g");
        Assert.Equal(first["MessageId"]!.ToString(), second["MessageId"]!.ToString());
        host.Time.Advance(TimeSpan.FromMinutes(5));
        await queues.SendAsync(queue, "same", "g");
        Assert.Equal(2, (await queues.BodiesAsync(queue)).Count);
    }

    [Fact]
    public async Task Send_ToMissingQueue_AnswersWithBothErrorNames()
    {
        await using var host = await TestHost.StartAsync();
        using var response = await host.SendAsync(
            "sqs",
            "SendMessage",
            new JsonObject { ["QueueUrl"] = "http://x/000000000000/none", ["MessageBody"] = "m" }
        );
        Assert.Equal("AWS.SimpleQueueService.NonExistentQueue;Sender", response.Headers.GetValues("x-amzn-query-error").Single());
        Assert.Contains("com.amazonaws.sqs#QueueDoesNotExist", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task SendBatch_WithOneBadEntry_FailsThatOneOnly()
    {
        await using var host = await TestHost.StartAsync();
        var queues = new Queues(host);
        var queue = await queues.CreateAsync("q");
        var answer = await host.CallAsync(
            "sqs",
            "SendMessageBatch",
            new JsonObject
            {
                ["QueueUrl"] = queue,
                ["Entries"] = new JsonArray(
                    new JsonObject { ["Id"] = "1", ["MessageBody"] = "good" },
                    new JsonObject
                    {
                        ["Id"] = "2",
                        ["MessageBody"] = "bad",
                        ["DelaySeconds"] = 1000,
                    }
                ),
            }
        );
        Assert.Equal("1", Assert.Single(answer["Successful"]!.AsArray())!["Id"]!.ToString());
        Assert.Equal("InvalidParameterValue", Assert.Single(answer["Failed"]!.AsArray())!["Code"]!.ToString());
    }

    [Fact]
    public async Task Messages_AfterRestart_AreStillThere()
    {
        var host = await TestHost.StartAsync();
        var queue = await new Queues(host).CreateAsync("q");
        await new Queues(host).SendAsync(queue, "kept");
        await using var again = await host.RestartAsync();
        Assert.Equal(["kept"], await new Queues(again).BodiesAsync(queue));
    }

    [Fact]
    public async Task Receive_OfAFifoQueue_EmptiesAGroupFirst()
    {
        await using var host = await TestHost.StartAsync();
        var queues = new Queues(host);
        var queue = await queues.CreateAsync("q.fifo", ("FifoQueue", "true"), ("ContentBasedDeduplication", "true"));
        foreach (var (body, group) in new[] { ("a1", "a"), ("b1", "b"), ("a2", "a"), ("b2", "b") })
        {
            await queues.SendAsync(queue, body, group);
        }

        var received = await queues.ReceiveAsync(queue);

        Assert.Equal(["a1", "a2", "b1", "b2"], received.Select(message => message["Body"]!.ToString()));
    }
}
