namespace Quintet.Tests;

/// <summary>Files that hold together and are hard to solve: what is asked of the engine as a whole is asked of them.</summary>
internal static class SampleCode
{
    /// <summary>Two bodies that call each other, each with a way out of its own that blocks.</summary>
    public const string Ring =
        """
        class Ring
        {
            public void Ping(int n) { if (n > 0) Pong(n - 1); File.ReadAllText("a"); }
            public void Pong(int n) { if (n > 1) Ping(n - 1); else Turn(n); Thread.Sleep(1); }
            void Turn(int n) { if (n > 2) Ping(n); }
            public async Task RunAsync() { Ping(3); await Task.Yield(); Pong(3); }
            public async Task TurnAsync() { Turn(3); await Task.Yield(); }
        }
        """;

    /// <summary>Interfaces with one implementation and with several.</summary>
    public const string Contracts =
        """
        interface IStore { void Save(string text); string Load(); }
        class Files : IStore
        {
            public void Save(string text) => File.WriteAllText("a", text);
            public string Load() => File.ReadAllText("a");
        }
        class Memory : IStore
        {
            string _text = "";
            public void Save(string text) => _text = text;
            public string Load() => _text;
        }
        interface IClock { void Tick(); }
        class Slow : IClock { public void Tick() => new Ring().Pong(1); }
        class Desk(IStore store, IClock clock)
        {
            public async Task SaveAsync() { store.Save("b"); clock.Tick(); await Task.Yield(); Console.Write(store.Load()); }
        }
        """;
}
