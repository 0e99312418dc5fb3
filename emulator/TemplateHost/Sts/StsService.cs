using System.Xml.Linq;
using TemplateHost.Gateway;
using TemplateHost.Identity;
using TemplateHost.Kernel;
using TemplateHost.Sts.Operations;

namespace TemplateHost.Sts;

/// <summary>The Security Token Service: who am I, and short-lived credentials of a role.</summary>
internal sealed class StsService(HostContext context, RoleDirectory directory, RoleSessions sessions) : QueryService
{
    public override string SigningName => "sts";

    protected override string XmlNamespace => "https://sts.amazonaws.com/doc/2011-06-15/";

    protected override IReadOnlyDictionary<string, Func<QueryCall, Task<IReadOnlyList<XElement>>>> Operations =>
        new Dictionary<string, Func<QueryCall, Task<IReadOnlyList<XElement>>>>
        {
            ["GetCallerIdentity"] = call => Task.FromResult(GetCallerIdentity(call)),
            ["AssumeRole"] = call => Task.FromResult(new AssumeRoleOperation(context, directory, sessions).Run(call)),
        };

    private IReadOnlyList<XElement> GetCallerIdentity(QueryCall call) =>
        [new("Arn", call.Caller.Arn), new("UserId", call.Caller.UserId), new("Account", context.AccountId)];
}
