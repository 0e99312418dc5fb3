using System.Text.Json.Nodes;
using TemplateHost.Hosting;
using TemplateHost.Kernel;

namespace TemplateHost.Cli;

/// <summary>What the host says of itself: where it is, how the AWS CLI reaches it, and the mails that were not sent.</summary>
internal sealed class Announcement(EmbeddedHost host, string data, TextWriter output, bool json)
{
    private readonly AwsFiles files = new(host, Path.Combine(data, "aws"));

    public void Tell()
    {
        files.Write();
        Say(
            new JsonObject
            {
                ["api"] = host.ApiUrl,
                ["aws"] = host.AwsUrl,
                ["credentialsFile"] = files.Credentials,
                ["configFile"] = files.Config,
                ["outputsFile"] = files.Outputs,
            },
            $"API           {host.ApiUrl}",
            $"AWS endpoint  {host.AwsUrl}",
            "AWS profile   admin; to use it:",
            $"  export AWS_SHARED_CREDENTIALS_FILE={files.Credentials} AWS_CONFIG_FILE={files.Config} AWS_PROFILE=admin",
            $"Stack outputs {files.Outputs}",
            "Mailed codes appear here. Ctrl-C stops."
        );
    }

    public void Tell(MailMessage mail) =>
        Say(
            new JsonObject
            {
                ["mailTo"] = mail.Address,
                ["subject"] = mail.Subject,
                ["code"] = mail.Code,
            },
            $"Mail to {mail.Address}: {mail.Subject}: {mail.Code}"
        );

    private void Say(JsonObject said, params string[] lines)
    {
        output.WriteLine(json ? said.ToJsonString() : string.Join(Environment.NewLine, lines));
        output.Flush();
    }
}
