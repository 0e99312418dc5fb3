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
    /// <exception cref="ArgumentException">One of the two is given without the other.</exception>
    public static MonthlyLimit? FromContext(Node node) =>
        DeploymentContext.Both(node, "budget", "budgetTo") is { } given
            ? new MonthlyLimit(int.Parse(given.First, CultureInfo.InvariantCulture), given.Second)
            : null;
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
                    CostFilters = new Dictionary<string, object> { ["TagKeyValue"] = new[] { $"user:{StackTags.Stage}${stage.Name}" } },
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
