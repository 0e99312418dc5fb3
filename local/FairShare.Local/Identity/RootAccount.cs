using FairShare.Local.Gateway;

namespace FairShare.Local.Identity;

/// <summary>The account itself, for whoever runs the host: well-known keys, since only this machine can reach it.</summary>
internal static class RootAccount
{
    public const string AccessKeyId = "root";

    public const string SecretAccessKey = "root";

    public static Caller CallerOf(string accountId) => new(CallerKind.Root, $"arn:aws:iam::{accountId}:root", null, accountId);
}
