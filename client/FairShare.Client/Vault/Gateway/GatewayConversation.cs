using System.Text;

namespace FairShare.Client.Vault.Gateway;

/// <summary>
/// One connection's conversation. Idle: U begins an upload, D a download. Upload: F brings a part, F with FIN ends it. Download: D with OK
/// asks for the next part. E ends the conversation. Anything else is answered by E: what is wrong with cookie, password or file leaves the
/// conversation idle, everything else ends it.
/// </summary>
internal sealed class GatewayConversation(MessageStream messages, GatewayStore store)
{
    private const int FlagLimit = 16;
    private const int ArgumentLimit = 128 << 10;

    /// <summary>Talks until one of both ends it.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await TryServeAsync(cancellationToken).ConfigureAwait(false)) { }
    }

    private async Task<bool> TryServeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var flag = await messages.ReadFieldAsync(FlagLimit, cancellationToken).ConfigureAwait(false);
            return flag is not null && await ServeAsync(Encoding.UTF8.GetString(flag), cancellationToken).ConfigureAwait(false);
        }
        catch (GatewayFault fault)
        {
            await messages.WriteAsync("E", fault.Message, cancellationToken).ConfigureAwait(false);
            return !fault.EndsConversation;
        }
    }

    private Task<bool> ServeAsync(string flag, CancellationToken cancellationToken) =>
        flag switch
        {
            "U" => ImportAsync(cancellationToken),
            "D" => ExportAsync(cancellationToken),
            "F" => throw new GatewayFault(GatewayText.IllegalState, endsConversation: true),
            "E" => Task.FromResult(false),
            _ => throw new GatewayFault(GatewayText.FailedToProceed, endsConversation: true),
        };

    private async Task<bool> ImportAsync(CancellationToken cancellationToken)
    {
        if (await ReadArgumentAsync(cancellationToken).ConfigureAwait(false) is not { } argument)
        {
            return false;
        }

        var password = Decode(argument, GatewayText.InvalidPassword);
        var import = store.BeginImport(password, cancellationToken);
        await using (import.ConfigureAwait(false))
        {
            await messages.WriteAsync("R", import.Cookie, cancellationToken).ConfigureAwait(false);
            while (await ReadFileDataAsync(cancellationToken).ConfigureAwait(false) is { } data)
            {
                var isEnd = data.AsSpan().SequenceEqual("FIN"u8);
                await (isEnd ? import.FinishAsync() : import.AppendAsync(data, cancellationToken)).ConfigureAwait(false);
                await messages.WriteAsync("R", GatewayText.Ok, cancellationToken).ConfigureAwait(false);
                if (isEnd)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // Null where the client has gone, or has said that it will not go on.
    private async Task<byte[]?> ReadFileDataAsync(CancellationToken cancellationToken)
    {
        var flag = await messages.ReadFieldAsync(FlagLimit, cancellationToken).ConfigureAwait(false);
        return flag switch
        {
            null or [(byte)'E'] => null,
            [(byte)'F'] => await messages.ReadFieldAsync(GatewayImport.SegmentLimit, cancellationToken).ConfigureAwait(false),
            _ => throw new GatewayFault(GatewayText.IllegalState, endsConversation: true),
        };
    }

    private async Task<bool> ExportAsync(CancellationToken cancellationToken)
    {
        if (
            await ReadArgumentAsync(cancellationToken).ConfigureAwait(false) is not { } first
            || await ReadArgumentAsync(cancellationToken).ConfigureAwait(false) is not { } second
        )
        {
            return false;
        }

        var (cookie, password) = (Decode(first, GatewayText.InvalidCookie), Decode(second, GatewayText.InvalidPassword));
        using var export = await store.BeginExportAsync(cookie, password, cancellationToken).ConfigureAwait(false);
        await messages.WriteAsync("S", GatewayText.Approved, cancellationToken).ConfigureAwait(false);
        while (await export.ReadSegmentAsync(cancellationToken).ConfigureAwait(false) is { } segment)
        {
            await messages.WriteAsync("F", segment, cancellationToken).ConfigureAwait(false);
            if (!await ReadOkAsync(cancellationToken).ConfigureAwait(false))
            {
                return false;
            }
        }

        await messages.WriteAsync("F", GatewayText.End, cancellationToken).ConfigureAwait(false);
        var isDone = await ReadOkAsync(cancellationToken).ConfigureAwait(false);
        await export.CloseAsync(cancellationToken).ConfigureAwait(false);
        return isDone;
    }

    private async Task<bool> ReadOkAsync(CancellationToken cancellationToken)
    {
        var flag = await messages.ReadFieldAsync(FlagLimit, cancellationToken).ConfigureAwait(false);
        if (flag is null or [(byte)'E'])
        {
            return false;
        }

        return
            flag is [(byte)'D']
            && await ReadArgumentAsync(cancellationToken).ConfigureAwait(false) is { } argument
            && argument.AsSpan().SequenceEqual("OK"u8)
            ? true
            : throw new GatewayFault(GatewayText.IllegalState, endsConversation: true);
    }

    private Task<byte[]?> ReadArgumentAsync(CancellationToken cancellationToken) =>
        messages.ReadFieldAsync(ArgumentLimit, cancellationToken);

    // Once all arguments are read: the next byte is a flag, and the conversation goes on.
    private static string Decode(byte[] argument, string details)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(argument);
        }
        catch (ArgumentException)
        {
            throw new GatewayFault(details, endsConversation: false);
        }
    }
}
