using Amazon.Runtime;

namespace FairShare.Client.Tests.Support;

/// <summary>Who may do everything at a host that <c>up</c> has started.</summary>
internal static class UpAdministrator
{
    /// <summary>As the announced file of credentials says.</summary>
    public static BasicAWSCredentials Administrator(this UpHost host)
    {
        var lines = File.ReadAllLines($"{host.Announced["credentialsFile"]}").SkipWhile(line => line != "[admin]").Skip(1).Take(2);
        return lines.Select(line => line.Split(" = ")[1]).ToList() is [var id, var secret]
            ? new BasicAWSCredentials(id, secret)
            : throw new InvalidOperationException("There is no profile admin.");
    }
}
