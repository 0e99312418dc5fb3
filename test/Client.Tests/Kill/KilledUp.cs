using FairShare.Client.Tests.Support;
using FairShare.Testing;

namespace FairShare.Client.Tests.Kill;

/// <summary>The built command's <c>up</c> on ports that nobody is given by chance while it is down.</summary>
internal sealed class KilledUp : UpHost
{
    protected override int NextPort => FreePort.Find();
}
