using System.Text.RegularExpressions;

namespace FairShare.Aws.Webhooks;

/// <summary>A queue in an account of a partner's, with the role there by which it is sent to.</summary>
/// <param name="Queue">The queue's ARN.</param>
/// <param name="Region">Its region.</param>
/// <param name="Account">Its account.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">The role's ARN.</param>
public sealed partial record PartnerQueue(string Queue, string Region, string Account, string Name, string Role)
{
    /// <summary>The path of roles that the service may assume, in any account.</summary>
    public const string RolePath = "fairshare/";

    private const string Partition = "arn:(?<partition>aws(-[a-z]{1,4}){0,2})";
    private const string RegionName = "(?<region>[a-z]{2,4}(-[a-z]{2,10}){1,3}-[0-9])";
    private const string AccountId = ":(?<account>[0-9]{12})";

    /// <summary>Reads two ARNs.</summary>
    /// <param name="queue">Of a standard queue: one of FIFO drops a message that is sent again within five minutes.</param>
    /// <param name="role">Of a role of the same account, whose path is <see cref="RolePath"/>.</param>
    /// <returns>Null where they are none.</returns>
    public static PartnerQueue? Find(string queue, string role)
    {
        var (of, by) = (QueuePattern().Match(queue), RolePattern().Match(role));
        return
            of.Success
            && by.Success
            && of.Groups["account"].Value == by.Groups["account"].Value
            && of.Groups["partition"].Value == by.Groups["partition"].Value
            ? new(queue, of.Groups["region"].Value, of.Groups["account"].Value, of.Groups["name"].Value, role)
            : null;
    }

    [GeneratedRegex(@"\A" + Partition + ":sqs:" + RegionName + AccountId + @":(?<name>[A-Za-z0-9_-]{1,80})\z")]
    private static partial Regex QueuePattern();

    [GeneratedRegex(@"\A" + Partition + ":iam:" + AccountId + @":role/fairshare/[A-Za-z0-9+=,.@_-]{1,64}\z")]
    private static partial Regex RolePattern();
}
