using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Amazon.CDK.AWS.Lambda;
using FairShare.Cdk.Constructs.Exchange;
using FairShare.Cdk.Constructs.Hosting;
using FairShare.Functions.Queue;
using Partitions = FairShare.Aws.Table.Partitions;

namespace FairShare.Cdk.Constructs.Service;

/// <summary>
/// The handler of the seed's envelope: it knows senders, invokes the functions of steps 1, 3, 4, 6 and a, and answers on the parties'
/// queues.
/// </summary>
internal static class ProtocolSteps
{
    /// <param name="functions">Makes the function.</param>
    /// <param name="parts">What it is granted.</param>
    /// <param name="api">Whose functions run the steps.</param>
    /// <param name="namedRoles">The roles whose trust policies say what their sessions are called.</param>
    public static Function Create(FunctionFactory functions, ServiceParts parts, Api api, IReadOnlyList<Role> namedRoles)
    {
        var function = functions.Create("ReceiveProtocolMessages", Duration.Seconds(ProtocolQueue.FunctionSeconds));
        function.AddEnvironment("FAIRSHARE_USER_POOL_CLIENT_ID", parts.Identity.Client.UserPoolClientId);
        function.AddEnvironment("FAIRSHARE_NAMED_SENDER_ROLES", string.Join(',', namedRoles.Select(role => role.RoleId)));
        parts.Evidence.Grant(function, Partitions.Sender, "Query", "PutItem");
        parts.Evidence.Grant(function, Partitions.SenderNonce, "GetItem", "DeleteItem");
        foreach (var step in QueueStep.All.Select(step => step.Handler))
        {
            function.AddEnvironment($"FAIRSHARE_STEP_{step.ToUpperInvariant()}", api.InvokedOf(step).FunctionArn);
            FunctionFactory.AllowInvoke(function, api.InvokedOf(step));
        }

        parts.Delivery.GrantSend(function);
        return function;
    }
}
