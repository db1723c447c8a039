// Reads graphs, each as the number of vertices, the number of edges and then the
// edges as two vertices and a weight; prints the weight of the best matching of each,
// as LEMON (https://lemon.cs.elte.hu) finds it, and the seconds that took.
#include <chrono>
#include <cstdio>
#include <lemon/matching.h>
#include <lemon/smart_graph.h>

int main() {
  long vertices, edges;
  while (std::scanf("%ld %ld", &vertices, &edges) == 2) {
    lemon::SmartGraph graph;
    graph.reserveNode(vertices);
    graph.reserveEdge(edges);
    for (long i = 0; i < vertices; ++i) graph.addNode();
    lemon::SmartGraph::EdgeMap<long long> weight(graph);
    for (long i = 0; i < edges; ++i) {
      long a, b;
      long long w;
      if (std::scanf("%ld %ld %lld", &a, &b, &w) != 3) return 1;
      weight[graph.addEdge(graph.nodeFromId(a), graph.nodeFromId(b))] = w;
    }
    auto begun = std::chrono::steady_clock::now();
    lemon::MaxWeightedMatching<lemon::SmartGraph, lemon::SmartGraph::EdgeMap<long long>> matching(graph, weight);
    matching.run();
    std::chrono::duration<double> took = std::chrono::steady_clock::now() - begun;
    std::printf("%lld %.3f\n", (long long)matching.matchingWeight(), took.count());
  }
}
