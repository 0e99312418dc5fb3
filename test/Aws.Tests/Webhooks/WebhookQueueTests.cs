using Amazon.SQS;
using Amazon.SQS.Model;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;
using TemplateHost.Hosting;
using TemplateHost.Testing;
using Xunit;

namespace FairShare.Aws.Tests.Webhooks;

/// <summary>The queue of deliveries: each message names its party as its group, by which SQS shares the queue out fairly.</summary>
public sealed class WebhookQueueTests
{
    private const string Template =
        """{ "Resources": { "Queue": { "Type": "AWS::SQS::Queue", "Properties": { "QueueName": "deliveries" } } } }""";

    private static readonly PartyId[] Parties =
    [
        PartyId.Parse("00000000-0000-0000-0000-000000000001"),
        PartyId.Parse("00000000-0000-0000-0000-000000000002"),
    ];

    [Fact]
    public async Task Send_ForEachParty_IsInTheGroupOfTheParty()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var host = await SdkHost.StartAsync(Template, new EmbeddedHostOptions());
        using var client = new AmazonSQSClient(host.Root, host.Configure(new AmazonSQSConfig()));
        var url = (await client.GetQueueUrlAsync("deliveries", cancellation)).QueueUrl;
        var queue = new WebhookQueue(client, url);

        foreach (var party in Parties)
        {
            await queue.SendAsync(party, party.ToString(), cancellation);
        }

        var received = await client.ReceiveMessageAsync(
            new ReceiveMessageRequest
            {
                QueueUrl = url,
                MaxNumberOfMessages = 10,
                MessageSystemAttributeNames = ["MessageGroupId"],
            },
            cancellation
        );
        Assert.Equal(Parties.Length, received.Messages.Count);
        Assert.All(received.Messages, message => Assert.Equal(message.Body, message.Attributes["MessageGroupId"]));
    }
}
