using System.Globalization;
using Amazon.CDK.AWS.Budgets;
using Constructs;
using FairShare.Cdk.Constructs.Hosting;

namespace FairShare.Cdk.Constructs.Operations;

/// <summary>What a stage may cost a month, and who is told: <c>-c budget=USD -c budgetTo=ADDRESS</c>.</summary>
/// <param name="Dollars">USD a month.</param>
/// <param name="Address">The e-mail address that is told.</param>
public sealed record MonthlyLimit(int Dollars, string Address)
{
    /// <exception cref="ArgumentException">One of the two without the other, or not a whole number of USD or an address.</exception>
    public static MonthlyLimit? FromContext(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var given = (
            Convert.ToString(node.TryGetContext("budget"), CultureInfo.InvariantCulture),
            node.TryGetContext("budgetTo") as string
        );
        return given switch
        {
            (null or "", null) => null,
            ({ Length: > 0 }, { Length: > 0 }) => new MonthlyLimit(DollarsOf(given.Item1), AddressOf(given.Item2)),
            _ => throw new ArgumentException("Context 'budget' and 'budgetTo' are given together or not at all.", nameof(node)),
        };
    }

    private static int DollarsOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var dollars) && dollars > 0
            ? dollars
            : throw new ArgumentException($"Context 'budget' is '{text}'; it must be a whole number of USD a month.", nameof(text));

    private static string AddressOf(string text) =>
        text.Split('@') is [{ Length: > 0 }, { Length: > 0 }] && !text.Any(char.IsWhiteSpace)
            ? text
            : throw new ArgumentException($"Context 'budgetTo' is '{text}'; it must be an e-mail address.", nameof(text));
}

/// <summary>A budget of what carries the stage's tag: somebody is told when the month is forecast to exceed it, and when it has.</summary>
public sealed class MonthlyBudget : Construct
{
    public MonthlyBudget(Construct scope, string id, DeploymentStage stage, MonthlyLimit limit)
        : base(scope, id)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentNullException.ThrowIfNull(limit);
        _ = new CfnBudget(
            this,
            "Budget",
            new CfnBudgetProps
            {
                Budget = new CfnBudget.BudgetDataProperty
                {
                    BudgetType = "COST",
                    TimeUnit = "MONTHLY",
                    BudgetLimit = new CfnBudget.SpendProperty { Amount = limit.Dollars, Unit = "USD" },
                    CostFilters = new Dictionary<string, object>
                    {
                        ["TagKeyValue"] = new[] { $"user:{DeploymentContext.StageTag}${stage.Name}" },
                    },
                },
                NotificationsWithSubscribers = new[] { Told("FORECASTED", limit), Told("ACTUAL", limit) },
            }
        );
    }

    private static CfnBudget.NotificationWithSubscribersProperty Told(string kind, MonthlyLimit limit) =>
        new()
        {
            Notification = new CfnBudget.NotificationProperty
            {
                NotificationType = kind,
                ComparisonOperator = "GREATER_THAN",
                Threshold = 100,
                ThresholdType = "PERCENTAGE",
            },
            Subscribers = new[]
            {
                new CfnBudget.SubscriberProperty { SubscriptionType = "EMAIL", Address = limit.Address },
            },
        };
}
