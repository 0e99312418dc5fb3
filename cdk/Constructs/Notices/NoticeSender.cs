using Amazon.CDK;
using Amazon.CDK.AWS.DynamoDB;
using Amazon.CDK.AWS.Events;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using Constructs;
using FairShare.Aws.Webhooks;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Cdk.Constructs.Tables;

namespace FairShare.Cdk.Constructs.Notices;

/// <param name="From">The address that SES has verified, itself or its domain.</param>
/// <param name="Functions">Makes the functions.</param>
/// <param name="Parameters">What it is told of the service.</param>
public sealed record NoticeSenderProps(string From, FunctionFactory Functions, NoticeParameters Parameters);

/// <summary>What mails notices: a queue, what fills it from the table's stream, and what sends by SES from one address.</summary>
public sealed class NoticeSender : Construct
{
    private const int BatchSize = 100;

    private readonly NoticeSenderProps props;

    public NoticeSender(Construct scope, string id, NoticeSenderProps props)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(props);
        this.props = props;
        Queue = new NoticeQueue(this, "Queue", EventBus.FromEventBusName(this, "Bus", props.Parameters.EventBusName));
        Order();
        Send();
    }

    public NoticeQueue Queue { get; }

    private void Order()
    {
        var function = props.Functions.Create("OrderNotices", Duration.Seconds(NoticeQueue.FunctionSeconds));
        function.AddEnvironment("FAIRSHARE_NOTICE_QUEUE", Queue.Queue.QueueUrl);
        Queue.Queue.Grant(function, "sqs:SendMessage");
        Allow(function, props.Parameters.StreamArn, "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator");
        // Lambda asks for it before it makes a mapping, and the list of streams has no resource of its own.
        Allow(function, "*", "dynamodb:ListStreams");
        function.AddEventSourceMapping(
            "Listings",
            new EventSourceMappingOptions
            {
                EventSourceArn = props.Parameters.StreamArn,
                // What was listed before the stack was there is no news.
                StartingPosition = StartingPosition.LATEST,
                BatchSize = BatchSize,
                Filters = [FilterCriteria.Filter(NewListing())],
            }
        );
    }

    private void Send()
    {
        var function = props.Functions.Create("SendNotice", Duration.Seconds(NoticeQueue.FunctionSeconds));
        var variables = new Dictionary<string, string>
        {
            ["FAIRSHARE_NOTICE_QUEUE"] = Queue.Queue.QueueUrl,
            ["FAIRSHARE_NOTICE_SENDER"] = props.From,
            ["FAIRSHARE_WEBHOOK_TABLE"] = props.Parameters.TableName,
            ["FAIRSHARE_API_URL"] = props.Parameters.ApiUrl,
        };
        foreach (var (name, value) in variables)
        {
            function.AddEnvironment(name, value);
        }

        var table = Table.FromTableName(this, "Settings", props.Parameters.TableName).TableArn;
        function.AddToRolePolicy(PartitionGrant.On(table, [WebhookPartitions.Party], "GetItem"));
        function.AddToRolePolicy(PartitionGrant.On(table, [WebhookPartitions.Webhook], "GetItem", "PutItem"));
        AllowMail(function);
        Queue.HandledBy(function);
    }

    // The identity is the address, or else its domain; by a condition nothing is sent from another address of that.
    private void AllowMail(Function function)
    {
        string[] identities = [props.From, props.From[(props.From.IndexOf('@', StringComparison.Ordinal) + 1)..]];
        var stack = Stack.Of(this);
        function.AddToRolePolicy(
            new PolicyStatement(
                new PolicyStatementProps
                {
                    Actions = ["ses:SendEmail"],
                    Resources =
                    [
                        .. identities.Select(identity =>
                            stack.FormatArn(
                                new ArnComponents
                                {
                                    Service = "ses",
                                    Resource = "identity",
                                    ResourceName = identity,
                                }
                            )
                        ),
                    ],
                    Conditions = new Dictionary<string, object>
                    {
                        ["StringEquals"] = new Dictionary<string, object> { ["ses:FromAddress"] = props.From },
                    },
                }
            )
        );
    }

    private static void Allow(Function function, string resource, params string[] actions) =>
        function.AddToRolePolicy(new PolicyStatement(new PolicyStatementProps { Actions = actions, Resources = [resource] }));

    private static Dictionary<string, object> NewListing() =>
        new()
        {
            ["eventName"] = FilterRule.IsEqual("INSERT"),
            ["dynamodb"] = new Dictionary<string, object>
            {
                ["Keys"] = new Dictionary<string, object>
                {
                    ["sk"] = new Dictionary<string, object>
                    {
                        ["S"] = (object[])[new Dictionary<string, object> { ["prefix"] = "READER#" }],
                    },
                },
            },
        };
}
