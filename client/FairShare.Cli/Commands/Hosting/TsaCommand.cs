using System.CommandLine;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using FairShare.Aws.Events;
using FairShare.Cli.Output;
using FairShare.Host;

namespace FairShare.Cli.Commands.Hosting;

/// <summary><c>tsa</c>: the operator has the key that stamps certified by somebody else.</summary>
internal static class TsaCommand
{
    private static readonly Option<string> Function = new("--function")
    {
        Description = "The function that has the key: the output StampCertifierName of the service's stack.",
        HelpName = "NAME",
        Required = true,
    };

    private static readonly Option<string> Region = new("--region")
    {
        Description = "The service's region.",
        HelpName = "REGION",
        DefaultValueFactory = _ => "us-east-1",
    };

    private static readonly Option<string?> Endpoint = new("--aws-endpoint")
    {
        Description = "Where AWS answers instead of AWS's own addresses: for fairshare up, the AWS endpoint that it prints.",
        HelpName = "URL",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "The file that the request is written to.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "stamps.csr",
    };

    private static readonly Argument<string> Chain = new("chain")
    {
        Description = "Certificates in PEM: that of the key that stamps first, then each issuer's.",
        HelpName = "CHAIN.pem",
    };

    private const string Unverified =
        "The certificate came alone: who signed it was NOT verified. Verify a stamp with openssl ts -verify, or install its issuer too.";

    public static Command Create(CommandRunner runner) =>
        new("tsa", "Has the key that stamps certified by somebody else. Needs the operator's AWS credentials in the environment.")
        {
            runner.Attach(new Command("init", "Write the request for a certificate.") { Out, Function, Region, Endpoint }, InitAsync),
            runner.Attach(new Command("install", "Install the certificate.") { Chain, Function, Region, Endpoint }, InstallAsync),
        };

    private static async Task<CommandResult> InitAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var path = context.Arguments.GetValue(Out)!;
        NewFile.Require(path);
        var request = await CallAsync(() => Certification(context).RequestAsync(cancellationToken));
        await NewFile.WriteAsync(path, request, cancellationToken);
        return new CommandResult(
            new JsonObject { ["request"] = path },
            [$"Wrote {path}.", "Have it signed for time-stamping alone, critical; then run fairshare tsa install."]
        );
    }

    private static async Task<CommandResult> InstallAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var path = context.Arguments.GetRequiredValue(Chain);
        if (!File.Exists(path))
        {
            throw new CommandException(ExitCode.LocalFile, "file-not-found", $"{path} is not a file.", "Give the certificates in PEM.");
        }

        var pem = await File.ReadAllTextAsync(path, cancellationToken);
        var answer = await CallAsync(() => Certification(context).InstallAsync(pem, cancellationToken));
        if (answer["refused"] is { } code)
        {
            throw new CommandException(ExitCode.NotVerified, $"{code}", $"{answer["detail"]}", "Nothing was installed. Mend the chain.");
        }

        var isVerified = answer["issuerVerified"]?.GetValue<bool>() ?? false;
        return new CommandResult(
            new JsonObject
            {
                ["key"] = $"{answer["installed"]}",
                ["notAfter"] = $"{answer["notAfter"]}",
                ["issuerVerified"] = isVerified,
            },
            [
                $"Stamps carry the chain within five minutes, until {answer["notAfter"]}. It is of the key {answer["installed"]}.",
                .. isVerified ? Array.Empty<string>() : [Unverified],
            ]
        );
    }

    private static StampCertification Certification(CommandContext context) =>
        new(context.Arguments.GetRequiredValue(Function), context.Arguments.GetValue(Region)!, context.Arguments.GetValue(Endpoint));

    private static async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException refused)
        {
            // AWS was reached and said no: another function's name, or credentials without the right.
            throw new CommandException(
                ExitCode.Refused,
                "aws-call-refused",
                $"AWS refused the call: {refused.ErrorCode}: {refused.Message}",
                "Give the output StampCertifierName as --function, in its region, with credentials that may invoke it."
            );
        }
        catch (Exception fault) when (fault is AmazonClientException or FunctionFailedException)
        {
            throw new CommandException(
                ExitCode.Unreachable,
                "aws-call-failed",
                fault.Message,
                "See that AWS credentials of the operator are in the environment, and name the function, region and endpoint rightly."
            );
        }
    }
}
