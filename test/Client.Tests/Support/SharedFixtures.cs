using FairShare.Client.Tests.Support;

// One host for all classes: to start one takes three seconds of CPU time.
[assembly: AssemblyFixture(typeof(UpHost))]
