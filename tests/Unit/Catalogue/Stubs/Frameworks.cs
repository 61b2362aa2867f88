// Declarations of what the catalogue names, and no more, so that its lines are checked where the packages are absent.

using System.Threading.Tasks;

#nullable disable

namespace Akka.Actor
{
    public abstract class ActorBase
    {
        public ActorBase() { }
    }
    public interface ICanTell
    {
        void Tell(object message, object sender);
    }
    public class Inbox
    {
        public Inbox() { }
        public object Receive() => throw null;
        public Task<object> ReceiveAsync() => throw null;
    }
    public abstract class ReceiveActor : Akka.Actor.UntypedActor
    {
        public ReceiveActor() { }
        protected void Receive(System.Action<object> handler, System.Predicate<object> shouldHandle) => throw null;
        protected void ReceiveAsync(System.Func<object, Task> handler) => throw null;
        protected void ReceiveAny(System.Action<object> handler) => throw null;
    }
    public abstract class UntypedActor : Akka.Actor.ActorBase
    {
        public UntypedActor() { }
    }
}

namespace CommunityToolkit.Mvvm.Input
{
    public class AsyncRelayCommand
    {
        protected AsyncRelayCommand() { }
        public AsyncRelayCommand(System.Func<Task> execute){ }
    }
    public class AsyncRelayCommand<T>
    {
        protected AsyncRelayCommand() { }
        public AsyncRelayCommand(System.Func<T, Task> execute){ }
    }
    public class RelayCommand
    {
        protected RelayCommand() { }
        public RelayCommand(System.Action execute){ }
    }
    public class RelayCommandAttribute : System.Attribute
    {
    }
    public class RelayCommand<T>
    {
        protected RelayCommand() { }
        public RelayCommand(System.Action<T> execute){ }
    }
}

namespace Microsoft.AspNetCore.SignalR.Client
{
    public static class HubConnectionExtensions
    {
        public static System.IDisposable On(this object hubConnection, string methodName, System.Action handler) => throw null;
    }
}
