using System.Globalization;
using FairShare.Cli.Output;
using FairShare.Host;
using TemplateHost.Hosting;
using TemplateHost.Kernel;

namespace FairShare.Cli.Hosting;

/// <summary>Where the mails of the service on this machine go: a folder of files, one a mail, that any mail program opens.</summary>
/// <param name="folder">The folder; made when the first mail comes.</param>
/// <param name="terminal">Where it is told that a file could not be written.</param>
internal sealed class LocalMailbox(string folder, Terminal terminal)
{
    private int count;

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Deploys what mails notices, and takes the host's mails from now on.</summary>
    public static async Task<LocalMailbox> OpenAsync(
        EmbeddedHost host,
        string folder,
        Terminal terminal,
        CancellationToken cancellationToken
    )
    {
        var mailbox = new LocalMailbox(folder, terminal);
        host.Mailbox.Delivered += (_, mail) => mailbox.Take(mail);
        var template = await File.ReadAllTextAsync(
            Path.Combine(AppContext.BaseDirectory, $"{NoticesStack.StackName}.template.json"),
            cancellationToken
        );
        await NoticesStack.DeployAsync(host, template, cancellationToken);
        return mailbox;
    }

    private void Take(MailMessage mail)
    {
        var number = Interlocked.Increment(ref count);
        var name = mail.At.ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture) + $"-{number}.eml";
        try
        {
            Directory.CreateDirectory(folder);
            // Under another name first: whoever watches the folder sees whole mails only.
            var whole = Path.Combine(folder, name);
            File.WriteAllText(whole + ".part", mail.Write());
            File.Move(whole + ".part", whole, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"A mail could not be put into {folder}: {TerminalText.Of(fault.Message)}");
        }
    }
}
