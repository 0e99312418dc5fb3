using System.Globalization;
using System.Xml.Linq;
using FairShare.Local.Gateway;
using FairShare.Local.Hosting;
using FairShare.Local.Identity;

namespace FairShare.Local.Sts;

/// <summary>The Security Token Service: who am I, and short-lived credentials of a role.</summary>
internal sealed class StsService(HostContext context, RoleSessions sessions) : QueryService
{
    public override string SigningName => "sts";

    protected override string XmlNamespace => "https://sts.amazonaws.com/doc/2011-06-15/";

    protected override IReadOnlyDictionary<string, Func<QueryCall, Task<IReadOnlyList<XElement>>>> Operations =>
        new Dictionary<string, Func<QueryCall, Task<IReadOnlyList<XElement>>>>
        {
            ["GetCallerIdentity"] = call => Task.FromResult(GetCallerIdentity(call)),
            ["AssumeRole"] = call => Task.FromResult(AssumeRole(call)),
        };

    private IReadOnlyList<XElement> GetCallerIdentity(QueryCall call) =>
    [
        new("Arn", call.Caller.Arn),
        new("UserId", call.Caller.UserId),
        new("Account", context.AccountId),
    ];

    private IReadOnlyList<XElement> AssumeRole(QueryCall call)
    {
        var (roleArn, sessionName) = (call.Required("RoleArn"), call.Required("RoleSessionName"));
        var role = context.RoleDirectory.Find(roleArn[(roleArn.LastIndexOf('/') + 1)..])
            ?? throw AccessDenials.Implicit(call.Caller, "sts:AssumeRole", roleArn, resourcePolicyOnly: false);
        context.Authorizer.Demand(call.Caller, "sts:AssumeRole", roleArn, role.TrustPolicy);
        var seconds = call.Input.TryGetValue("DurationSeconds", out var given) ? int.Parse(given, CultureInfo.InvariantCulture) : 3600;
        if (seconds is < 900 or > 43200)
        {
            throw new AwsException("ValidationError", "DurationSeconds must be between 900 and 43200.");
        }

        var credentials = sessions.Assume(roleArn, sessionName, TimeSpan.FromSeconds(seconds));
        var caller = context.Roles.CallerFor(roleArn, sessionName);
        return
        [
            new("Credentials",
                new XElement("AccessKeyId", credentials.AccessKeyId),
                new XElement("SecretAccessKey", credentials.SecretAccessKey),
                new XElement("SessionToken", credentials.SessionToken),
                new XElement("Expiration", credentials.Expiration.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))),
            new("AssumedRoleUser", new XElement("AssumedRoleId", caller.UserId), new XElement("Arn", caller.Arn)),
        ];
    }
}
