using System.Xml.Linq;
using TemplateHost.Gateway;
using TemplateHost.Identity;
using TemplateHost.Kernel;
using TemplateHost.Sts.Operations;

namespace TemplateHost.Sts;

/// <summary>The Security Token Service: who am I, and short-lived credentials of a role.</summary>
internal sealed class StsService : QueryService
{
    public StsService(HostContext context, RoleDirectory directory, RoleSessions sessions)
    {
        var assumption = new AssumeRoleOperation(context, directory, sessions);
        Operations = new([
            new("GetCallerIdentity", "", call => Task.FromResult(GetCallerIdentity(call, context.AccountId))),
            new(
                "AssumeRole",
                "RoleArn RoleSessionName PolicyArns Policy DurationSeconds ExternalId",
                call => Task.FromResult(assumption.Run(call))
            ),
        ]);
    }

    public override string SigningName => "sts";

    protected override string XmlNamespace => "https://sts.amazonaws.com/doc/2011-06-15/";

    protected override OperationTable<QueryCall, IReadOnlyList<XElement>> Operations { get; }

    private static IReadOnlyList<XElement> GetCallerIdentity(QueryCall call, string accountId) =>
        [new("Arn", call.Caller.Arn), new("UserId", call.Caller.UserId), new("Account", accountId)];
}
